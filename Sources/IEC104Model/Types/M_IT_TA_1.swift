import NIOCore

/// M_IT_TA_1, type identification 16: integrated totals with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.16).
///
/// | octets | element |
/// |---|---|
/// | 1...5 | BCR |
/// | 6...8 | CP24Time2a |
package struct M_IT_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_IT_TA_1 }
    package static var encodedSize: Int { 8 }

    /// BCR.
    package var reading: BinaryCounterReading
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(reading: BinaryCounterReading, time: CP24Time2a) {
        self.reading = reading
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        reading = try BinaryCounterReading(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        reading.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
