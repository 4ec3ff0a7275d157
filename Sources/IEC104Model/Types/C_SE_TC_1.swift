import NIOCore

/// C_SE_TC_1, type identification 63: set-point command, short floating point number with time tag CP56Time2a (IEC 60870-5-104, clause 8).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | R32 |
/// | 5 | QOS |
/// | 6...12 | CP56Time2a |
package struct C_SE_TC_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_SE_TC_1 }
    package static var encodedSize: Int { 12 }

    /// R32.
    package var value: Float
    /// QOS.
    package var qualifier: QualifierOfSetPoint
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(value: Float, qualifier: QualifierOfSetPoint, time: CP56Time2a) {
        self.value = value
        self.qualifier = qualifier
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Float(decoding: &buffer)
        qualifier = try QualifierOfSetPoint(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
