import NIOCore

/// The six octets that begin every ASDU (IEC 60870-5-101, 7.1, with the field sizes of IEC 60870-5-104).
///
/// | octet | content |
/// |---|---|
/// | 1 | type identification |
/// | 2 | variable structure qualifier: SQ (bit 8), number of objects or elements (bits 7...1) |
/// | 3 | test (bit 8), P/N (bit 7), cause of transmission (bits 6...1) |
/// | 4 | originator address |
/// | 5, 6 | common address, low octet first |
package struct DataUnitIdentifier: Hashable, Sendable {
    /// Octets on the wire.
    package static let encodedSize = 6

    package var typeIdentification: TypeIdentification
    /// SQ: one address, and elements whose addresses count up from it.
    package var isSequence: Bool
    /// Number of information objects, or of elements in a sequence; 0...127.
    package var count: Int
    package var cause: CauseOfTransmission
    /// P/N: a negative confirmation.
    package var isNegative: Bool
    /// T: sent for test, not to be acted upon.
    package var isTest: Bool
    /// The controlling station that asked, 0 if that isn't used.
    package var originatorAddress: UInt8
    package var commonAddress: CommonAddress

    package init(
        typeIdentification: TypeIdentification, isSequence: Bool = false, count: Int, cause: CauseOfTransmission,
        isNegative: Bool = false, isTest: Bool = false, originatorAddress: UInt8 = 0, commonAddress: CommonAddress
    ) {
        self.typeIdentification = typeIdentification
        self.isSequence = isSequence
        self.count = count
        self.cause = cause
        self.isNegative = isNegative
        self.isTest = isTest
        self.originatorAddress = originatorAddress
        self.commonAddress = commonAddress
    }

    /// Reads six octets.
    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        guard
            let (type, structure, cause, originator, common) = buffer.readMultipleIntegers(
                endianness: .little, as: (UInt8, UInt8, UInt8, UInt8, UInt16).self)
        else { throw .tooShort(type: nil, expected: Self.encodedSize, actual: buffer.readableBytes) }
        self.init(
            typeIdentification: TypeIdentification(rawValue: type), isSequence: structure & 0x80 != 0,
            count: Int(structure & 0x7F), cause: CauseOfTransmission(rawValue: cause), isNegative: cause & 0x40 != 0,
            isTest: cause & 0x80 != 0, originatorAddress: originator, commonAddress: CommonAddress(rawValue: common))
    }

    /// Appends six octets; a count above 127 is cut to seven bits.
    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeMultipleIntegers(
            typeIdentification.rawValue, UInt8(truncatingIfNeeded: count & 0x7F) | (isSequence ? 0x80 : 0),
            cause.rawValue | (isNegative ? 0x40 : 0) | (isTest ? 0x80 : 0), originatorAddress,
            commonAddress.rawValue, endianness: .little)
    }
}
