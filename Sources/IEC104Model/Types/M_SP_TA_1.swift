import NIOCore

/// M_SP_TA_1, type identification 2: single-point information with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.2).
///
/// | octets | element |
/// |---|---|
/// | 1 | SIQ |
/// | 2...4 | CP24Time2a |
package struct M_SP_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_SP_TA_1 }
    package static var encodedSize: Int { 4 }

    /// SIQ.
    package var information: SinglePointInformation
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(information: SinglePointInformation, time: CP24Time2a) {
        self.information = information
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        information = try SinglePointInformation(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        information.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
