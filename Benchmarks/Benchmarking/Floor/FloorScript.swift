/// APDUs encoded beforehand, N(S) and N(R) left to be filled in.
struct FloorScript: Sendable {
    private(set) var octets: [UInt8] = []
    /// Where each APDU begins, and the end of the last.
    private(set) var starts: [Int] = [0]

    var count: Int { starts.count - 1 }

    mutating func append(asdu: [UInt8]) {
        octets += WireAPDU.information(asdu, send: 0, receive: 0)
        starts.append(octets.count)
    }

    /// An answer to a station interrogation, as dense as the standard allows: M_ME_NC_1, SQ = 1.
    static func interrogation(points: Int, commonAddress: UInt8 = 1) -> FloorScript {
        var script = FloorScript()
        script.append(asdu: [100, 1, 7, 0, commonAddress, 0, 0, 0, 0, 20])
        let mostElements = (249 - 6 - 3) / 5
        for first in stride(from: 1, through: points, by: mostElements) {
            let count = min(mostElements, points - first + 1)
            var asdu: [UInt8] = [13, 0x80 | UInt8(count), 20, 0, commonAddress, 0] + address(first)
            for element in 0..<count { asdu += float(Float(first + element)) + [0] }
            script.append(asdu: asdu)
        }
        script.append(asdu: [100, 1, 10, 0, commonAddress, 0, 0, 0, 0, 20])
        return script
    }

    /// Numbered events, an ASDU of M_ME_TF_1 each.
    static func events(_ count: Int, points: Int, commonAddress: UInt8 = 1) -> FloorScript {
        var script = FloorScript()
        script.octets.reserveCapacity(count * 27)
        for number in 0..<count {
            script.append(
                asdu: [36, 1, 3, 0, commonAddress, 0] + address(1 + number % points) + float(Float(number))
                    + [0, 0, 0, 30, 10, 0xAF, 1, 26])
        }
        return script
    }

    private static func address(_ number: Int) -> [UInt8] {
        [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF), UInt8(number >> 16 & 0xFF)]
    }

    private static func float(_ value: Float) -> [UInt8] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
}
