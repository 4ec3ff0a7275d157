import NIOCore

/// M_DP_TB_1, type identification 31: double-point information with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.23).
///
/// | octets | element |
/// |---|---|
/// | 1 | DIQ |
/// | 2...8 | CP56Time2a |
package struct M_DP_TB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_DP_TB_1 }
    package static var encodedSize: Int { 8 }

    /// DIQ.
    package var information: DoublePointInformation
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(information: DoublePointInformation, time: CP56Time2a) {
        self.information = information
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        information = try DoublePointInformation(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        information.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
