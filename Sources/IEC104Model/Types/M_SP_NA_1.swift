import NIOCore

/// M_SP_NA_1, type identification 1: single-point information (IEC 60870-5-101, 7.3.1.1).
///
/// | octets | element |
/// |---|---|
/// | 1 | SIQ |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_SP_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_SP_NA_1 }
    package static var encodedSize: Int { 1 }
    package static var allowsSequence: Bool { true }

    /// SIQ.
    package var information: SinglePointInformation

    package init(information: SinglePointInformation) {
        self.information = information
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        information = try SinglePointInformation(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        information.encode(into: &buffer)
    }
}
