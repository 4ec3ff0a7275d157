import TestSupport

/// APDUs as octets.
enum APDUs {
    static let startAct = "68 04 07 00 00 00"
    static let startCon = "68 04 0B 00 00 00"
    static let stopAct = "68 04 13 00 00 00"
    static let stopCon = "68 04 23 00 00 00"
    static let testAct = "68 04 43 00 00 00"
    static let testCon = "68 04 83 00 00 00"

    /// An S frame.
    static func S(_ receive: Int) -> String { "68 04 01 00 \(number(receive))" }

    /// An I frame.
    static func I(_ send: Int, _ receive: Int, _ asdu: String) -> String {
        "68 \(hexadecimal(UInt8(octets(asdu).count + 4))) \(number(send)) \(number(receive)) \(asdu)"
    }

    private static func number(_ number: Int) -> String {
        let field = UInt16(truncatingIfNeeded: number << 1)
        return "\(hexadecimal(UInt8(field & 0xFF))) \(hexadecimal(UInt8(field >> 8)))"
    }

    /// The APDUs in a stream of octets.
    static func split(_ stream: [UInt8]) -> [String] {
        var (apdus, rest) = ([String](), stream[...])
        while rest.count >= 2, let length = rest.dropFirst().first {
            apdus.append(hexadecimal(rest.prefix(Int(length) + 2)))
            rest = rest.dropFirst(Int(length) + 2)
        }
        if !rest.isEmpty { apdus.append(hexadecimal(rest)) }
        return apdus
    }
}

/// Requests as ASDUs.
enum Requests {
    static func interrogation(_ commonAddress: String = "01 00", qualifier: String = "14") -> String {
        "64 01 06 00 \(commonAddress) 00 00 00 \(qualifier)"
    }

    static func counters(_ qualifier: String, _ commonAddress: String = "01 00") -> String {
        "65 01 06 00 \(commonAddress) 00 00 00 \(qualifier)"
    }

    static func read(_ objectAddress: String, _ commonAddress: String = "01 00") -> String {
        "66 01 05 00 \(commonAddress) \(objectAddress)"
    }

    static func clock(_ time: String, _ commonAddress: String = "01 00") -> String {
        "67 01 06 00 \(commonAddress) 00 00 00 \(time)"
    }

    static func reset(_ qualifier: String) -> String { "69 01 06 00 01 00 00 00 00 \(qualifier)" }

    /// The test command that the catalogue of cases uses.
    static let test = "6B 01 06 00 01 00 00 00 00 34 12 E8 03 1E 0C 2F 06 1A"

    /// The same with another cause octet: `07` for its confirmation.
    static func answer(_ request: String, _ cause: String) -> String {
        String(request.prefix(6)) + cause + String(request.dropFirst(8))
    }
}
