import NIOCore

/// C_SE_TB_1, type identification 62: set-point command, scaled value with time tag CP56Time2a (IEC 60870-5-104, clause 8).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | SVA |
/// | 3 | QOS |
/// | 4...10 | CP56Time2a |
package struct C_SE_TB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_SE_TB_1 }
    package static var encodedSize: Int { 10 }

    /// SVA.
    package var value: Int16
    /// QOS.
    package var qualifier: QualifierOfSetPoint
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(value: Int16, qualifier: QualifierOfSetPoint, time: CP56Time2a) {
        self.value = value
        self.qualifier = qualifier
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Int16(decoding: &buffer)
        qualifier = try QualifierOfSetPoint(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
