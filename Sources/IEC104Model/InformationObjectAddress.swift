import NIOCore

/// The address of an information object within its common address. Three octets, low one first
/// (IEC 60870-5-101, 7.2.5; fixed to three octets by IEC 60870-5-104).
package struct InformationObjectAddress: RawRepresentable, Hashable, Comparable, Sendable {
    /// The largest address.
    package static let maximum: UInt32 = 0xFF_FFFF
    /// Octets of an address.
    package static let encodedSize = 3

    /// 0...16 777 215.
    package let rawValue: UInt32

    /// Nil above 16 777 215.
    package init?(rawValue: UInt32) {
        guard rawValue <= Self.maximum else { return nil }
        self.rawValue = rawValue
    }

    init(truncating rawValue: UInt32) {
        self.rawValue = rawValue & Self.maximum
    }

    /// 0: the ASDU concerns no single object.
    package static let irrelevant = InformationObjectAddress(truncating: 0)

    /// Written out because the one that `RawRepresentable` brings isn't specialised across modules.
    @inlinable
    package static func == (left: InformationObjectAddress, right: InformationObjectAddress) -> Bool {
        left.rawValue == right.rawValue
    }

    package static func < (left: InformationObjectAddress, right: InformationObjectAddress) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The address that follows; nil after the largest.
    package func advanced(by distance: Int) -> InformationObjectAddress? {
        UInt32(exactly: Int(rawValue) + distance).flatMap(InformationObjectAddress.init(rawValue:))
    }

    /// Reads three octets.
    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        let (low, high) = (try buffer.decode(UInt16.self), try buffer.decode(UInt8.self))
        self.init(truncating: UInt32(high) << 16 | UInt32(low))
    }

    /// Appends three octets.
    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(UInt16(truncatingIfNeeded: rawValue), endianness: .little)
        buffer.writeInteger(UInt8(truncatingIfNeeded: rawValue >> 16))
    }
}

extension InformationObjectAddress: ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// A literal above 16 777 215 loses its upper bits.
    package init(integerLiteral value: UInt32) {
        self.init(truncating: value)
    }

    package var description: String { String(rawValue) }
}
