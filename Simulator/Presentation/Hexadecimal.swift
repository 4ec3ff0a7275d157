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

    /// Reads octets of two digits each, with or without white space between them; nil for anything else.
    package static func octets(of text: String) -> [UInt8]? {
        let digits = text.filter { !$0.isWhitespace }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var rest = digits[...]
        var octets: [UInt8] = []
        while !rest.isEmpty {
            guard rest.prefix(2).allSatisfy(\.isHexDigit), let octet = UInt8(rest.prefix(2), radix: 16) else {
                return nil
            }
            octets.append(octet)
            rest = rest.dropFirst(2)
        }
        return octets
    }
}
