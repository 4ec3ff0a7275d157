/// Octets that do not make an APDU. The connection is closed: what follows can't be told from the middle of a frame.
package enum MalformedAPDU: Error, Hashable, Sendable, CustomStringConvertible {
    /// The first octet isn't `68`.
    case startOctet(UInt8)
    /// The length octet is outside 4...253, or isn't 4 for an S or U format.
    case length(Int)
    /// An I format without an ASDU.
    case informationWithoutASDU
    /// A bit is set that the standard fixes to 0.
    case reservedBits(UInt32)
    /// A U format with no function, several of them, or octets behind it that aren't 0.
    case undefinedFunction(UInt32)

    package var description: String {
        switch self {
        case .startOctet(let octet): "start octet \(Self.hexadecimal(UInt32(octet), octets: 1)) instead of 68"
        case .length(let length): "length \(length) is not allowed"
        case .informationWithoutASDU: "I format without ASDU"
        case .reservedBits(let field): "reserved bit set in control field \(Self.hexadecimal(field, octets: 4))"
        case .undefinedFunction(let field):
            "undefined U function in control field \(Self.hexadecimal(field, octets: 4))"
        }
    }

    private static func hexadecimal(_ value: UInt32, octets: Int) -> String {
        (0..<octets).map { index in
            let octet = String(value >> UInt32(index * 8) & 0xFF, radix: 16, uppercase: true)
            return octet.count == 1 ? "0" + octet : octet
        }.joined(separator: " ")
    }
}
