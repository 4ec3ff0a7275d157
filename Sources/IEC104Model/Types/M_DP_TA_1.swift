import NIOCore

/// M_DP_TA_1, type identification 4: double-point information with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.4).
///
/// | octets | element |
/// |---|---|
/// | 1 | DIQ |
/// | 2...4 | CP24Time2a |
package struct M_DP_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_DP_TA_1 }
    package static var encodedSize: Int { 4 }

    /// DIQ.
    package var information: DoublePointInformation
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(information: DoublePointInformation, time: CP24Time2a) {
        self.information = information
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        information = try DoublePointInformation(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        information.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
