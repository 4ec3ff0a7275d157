import NIOCore

/// The octets of a hexadecimal text such as `"68 04 43 00 00 00"`; blanks and line breaks between octets are optional.
package func octets(_ hex: String) -> [UInt8] {
    let digits = hex.filter { !$0.isWhitespace }
    precondition(digits.count.isMultiple(of: 2), "an octet has two digits: \(hex)")
    return stride(from: 0, to: digits.count, by: 2).map { offset in
        let start = digits.index(digits.startIndex, offsetBy: offset)
        guard let octet = UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16) else {
            preconditionFailure("no octets: \(hex)")
        }
        return octet
    }
}

/// One octet as two hexadecimal digits.
package func hexadecimal(_ octet: UInt8) -> String {
    let text = String(octet, radix: 16, uppercase: true)
    return text.count == 1 ? "0" + text : text
}

/// Octets as pairs of hexadecimal digits with blanks between them.
package func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
    octets.map { hexadecimal($0) }.joined(separator: " ")
}

extension ByteBuffer {
    /// The octets of a hexadecimal text.
    package init(hexadecimal text: String) {
        self.init(bytes: octets(text))
    }

    /// The readable octets as pairs of hexadecimal digits with blanks between them.
    package var hexadecimalText: String { hexadecimal(readableBytesView) }
}
