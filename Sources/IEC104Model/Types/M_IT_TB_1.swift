import NIOCore

/// M_IT_TB_1, type identification 37: integrated totals with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.29).
///
/// | octets | element |
/// |---|---|
/// | 1...5 | BCR |
/// | 6...12 | CP56Time2a |
package struct M_IT_TB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_IT_TB_1 }
    package static var encodedSize: Int { 12 }

    /// BCR.
    package var reading: BinaryCounterReading
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(reading: BinaryCounterReading, time: CP56Time2a) {
        self.reading = reading
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        reading = try BinaryCounterReading(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        reading.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
