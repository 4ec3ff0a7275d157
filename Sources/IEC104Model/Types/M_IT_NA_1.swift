import NIOCore

/// M_IT_NA_1, type identification 15: integrated totals (IEC 60870-5-101, 7.3.1.15).
///
/// | octets | element |
/// |---|---|
/// | 1...5 | BCR |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_IT_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_IT_NA_1 }
    package static var encodedSize: Int { 5 }
    package static var allowsSequence: Bool { true }

    /// BCR.
    package var reading: BinaryCounterReading

    package init(reading: BinaryCounterReading) {
        self.reading = reading
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        reading = try BinaryCounterReading(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        reading.encode(into: &buffer)
    }
}
