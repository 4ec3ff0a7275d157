/// The id of a stream entry: milliseconds of the server's clock and a sequence number, `1700000000000-0`.
package struct StreamID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let milliseconds: UInt64
    package let sequence: UInt64

    package init(milliseconds: UInt64, sequence: UInt64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// Nil for a text that is no id.
    package init?(_ text: some StringProtocol) {
        self.init(octets: text.utf8)
    }

    /// Nil for what is no id. Needs no memory: there is one for every entry.
    init?(octets: some Sequence<UInt8>) {
        var numbers: (UInt64, UInt64) = (0, 0)
        var isBehindHyphen = false
        var hasDigits = false
        for octet in octets {
            if octet == UInt8(ascii: "-"), hasDigits, !isBehindHyphen {
                numbers.0 = numbers.1
                (numbers.1, isBehindHyphen, hasDigits) = (0, true, false)
                continue
            }
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet else { return nil }
            let (product, isProductTooLarge) = numbers.1.multipliedReportingOverflow(by: 10)
            let (sum, isSumTooLarge) = product.addingReportingOverflow(UInt64(octet - UInt8(ascii: "0")))
            guard !isProductTooLarge, !isSumTooLarge else { return nil }
            (numbers.1, hasDigits) = (sum, true)
        }
        guard isBehindHyphen, hasDigits else { return nil }
        self.init(milliseconds: numbers.0, sequence: numbers.1)
    }

    /// Before every entry.
    package static let zero = StreamID(milliseconds: 0, sequence: 0)

    /// The greatest id before this one; nil for the least there is.
    var predecessor: StreamID? {
        if sequence > 0 { return StreamID(milliseconds: milliseconds, sequence: sequence - 1) }
        return milliseconds > 0 ? StreamID(milliseconds: milliseconds - 1, sequence: .max) : nil
    }

    package var description: String { "\(milliseconds)-\(sequence)" }

    package static func < (left: StreamID, right: StreamID) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }
}
