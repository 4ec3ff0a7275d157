import NIOCore

extension ByteBuffer {
    /// Reads an integer, low octet first as everything in these protocols.
    package mutating func decode<Integer: FixedWidthInteger>(_: Integer.Type) throws(MalformedASDU) -> Integer {
        guard let value = readInteger(endianness: .little, as: Integer.self) else {
            throw .tooShort(type: nil, expected: MemoryLayout<Integer>.size, actual: readableBytes)
        }
        return value
    }
}

/// A part of an information object with an encoding of its own.
package protocol InformationElementPart: Hashable, Sendable {
    /// Octets on the wire.
    static var encodedSize: Int { get }
    /// Reads `encodedSize` octets.
    init(decoding buffer: inout ByteBuffer) throws(MalformedASDU)
    /// Appends `encodedSize` octets.
    func encode(into buffer: inout ByteBuffer)
}

/// An information element of one octet whose bits are all kept, the reserved ones too.
package protocol OctetElement: InformationElementPart, RawRepresentable where RawValue == UInt8 {
    /// Takes the octet as it is.
    init(rawValue: UInt8)
}

extension OctetElement {
    package static var encodedSize: Int { 1 }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        self.init(rawValue: try buffer.decode(UInt8.self))
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(rawValue)
    }
}

extension QualityDescriptor: OctetElement {}

extension UInt8: InformationElementPart {}
extension UInt16: InformationElementPart {}
extension UInt32: InformationElementPart {}
extension Int16: InformationElementPart {}

extension InformationElementPart where Self: FixedWidthInteger {
    package static var encodedSize: Int { MemoryLayout<Self>.size }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        self = try buffer.decode(Self.self)
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(self, endianness: .little)
    }
}

/// R32-IEEE STD 754: four octets, low one first. Every bit pattern is kept.
extension Float: InformationElementPart {
    package static var encodedSize: Int { 4 }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        self.init(bitPattern: try buffer.decode(UInt32.self))
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(bitPattern, endianness: .little)
    }
}
