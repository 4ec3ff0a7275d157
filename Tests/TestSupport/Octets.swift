import NIOCore

/// The octets of a hexadecimal text such as `"68 04 43 00 00 00"`; white space is optional.
package func octets(_ hex: String) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(hex.utf8.count / 2)
    var upper: UInt8?
    for character in hex.utf8 where character > UInt8(ascii: " ") {
        let digit: UInt8
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = character - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
        default: preconditionFailure("no octets: \(hex)")
        }
        if let high = upper {
            octets.append(high << 4 | digit)
            upper = nil
        } else {
            upper = digit
        }
    }
    precondition(upper == nil, "an octet has two digits: \(hex)")
    return octets
}

/// One octet as two hexadecimal digits.
package func hexadecimal(_ octet: UInt8) -> String {
    hexadecimal(CollectionOfOne(octet))
}

/// Octets as pairs of hexadecimal digits with blanks between them.
package func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for octet in octets {
        if !text.isEmpty { text.append(UInt8(ascii: " ")) }
        for digit in [octet >> 4, octet & 0x0F] {
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
        }
    }
    return String(decoding: text, as: UTF8.self)
}

extension ByteBuffer {
    /// The octets of a hexadecimal text.
    package init(hexadecimal text: String) {
        self.init(bytes: octets(text))
    }

    /// The readable octets as pairs of hexadecimal digits with blanks between them.
    package var hexadecimalText: String { hexadecimal(readableBytesView) }
}
