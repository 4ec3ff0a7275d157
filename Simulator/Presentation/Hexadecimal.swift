/// Numbers and octets in hexadecimal.
package enum Hexadecimal {
    /// `0x0000ABCD`, with as many digits as the type holds.
    package static func text<Integer: FixedWidthInteger & UnsignedInteger>(_ value: Integer) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: Integer.bitWidth / 4 - digits.count) + digits
    }

    /// `68 0E 00`.
    package static func octets(_ octets: some Sequence<UInt8>) -> String {
        octets.map { text($0).dropFirst(2) }.joined(separator: " ")
    }

    /// `680e00`.
    package static func compact(_ octets: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * octets.underestimatedCount)
        for octet in octets {
            text.append(digits[Int(octet >> 4)])
            text.append(digits[Int(octet & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
