import NIOCore

/// M_SP_TB_1, type identification 30: single-point information with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.22).
///
/// | octets | element |
/// |---|---|
/// | 1 | SIQ |
/// | 2...8 | CP56Time2a |
package struct M_SP_TB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_SP_TB_1 }
    package static var encodedSize: Int { 8 }

    /// SIQ.
    package var information: SinglePointInformation
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(information: SinglePointInformation, time: CP56Time2a) {
        self.information = information
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        information = try SinglePointInformation(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        information.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
