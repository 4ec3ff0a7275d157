/// APDUs as octets.
package enum APDUs {
    package static let startAct = "68 04 07 00 00 00"
    package static let startCon = "68 04 0B 00 00 00"
    package static let stopAct = "68 04 13 00 00 00"
    package static let stopCon = "68 04 23 00 00 00"
    package static let testAct = "68 04 43 00 00 00"
    package static let testCon = "68 04 83 00 00 00"

    /// An S frame.
    package static func S(_ receive: Int) -> String { "68 04 01 00 \(number(receive))" }

    /// An I frame.
    package static func I(_ send: Int, _ receive: Int, _ asdu: String) -> String {
        "68 \(hexadecimal(UInt8(octets(asdu).count + 4))) \(number(send)) \(number(receive)) \(asdu)"
    }

    private static func number(_ number: Int) -> String {
        let field = UInt16(truncatingIfNeeded: number << 1)
        return "\(hexadecimal(UInt8(field & 0xFF))) \(hexadecimal(UInt8(field >> 8)))"
    }

    /// The APDUs in a stream of octets.
    package static func split(_ stream: [UInt8]) -> [String] {
        var (apdus, rest) = ([String](), stream[...])
        while rest.count >= 2, let length = rest.dropFirst().first {
            apdus.append(hexadecimal(rest.prefix(Int(length) + 2)))
            rest = rest.dropFirst(Int(length) + 2)
        }
        if !rest.isEmpty { apdus.append(hexadecimal(rest)) }
        return apdus
    }
}
