/// Numbers and octets in hexadecimal.
enum Hexadecimal {
    /// `0x0000ABCD`, with as many digits as the type holds.
    static func text<Integer: FixedWidthInteger & UnsignedInteger>(_ value: Integer) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: Integer.bitWidth / 4 - digits.count) + digits
    }

    /// `68 0E 00`.
    static func octets(_ octets: some Sequence<UInt8>) -> String {
        octets.map { text($0).dropFirst(2) }.joined(separator: " ")
    }
}
