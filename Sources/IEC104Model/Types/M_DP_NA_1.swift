import NIOCore

/// M_DP_NA_1, type identification 3: double-point information (IEC 60870-5-101, 7.3.1.3).
///
/// | octets | element |
/// |---|---|
/// | 1 | DIQ |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_DP_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_DP_NA_1 }
    package static var encodedSize: Int { 1 }
    package static var allowsSequence: Bool { true }

    /// DIQ.
    package var information: DoublePointInformation

    package init(information: DoublePointInformation) {
        self.information = information
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        information = try DoublePointInformation(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        information.encode(into: &buffer)
    }
}
