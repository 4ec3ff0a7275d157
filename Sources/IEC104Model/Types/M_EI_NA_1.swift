import NIOCore

/// M_EI_NA_1, type identification 70: end of initialization (IEC 60870-5-101, 7.3.3.1).
///
/// | octets | element |
/// |---|---|
/// | 1 | COI |
package struct M_EI_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_EI_NA_1 }
    package static var encodedSize: Int { 1 }

    /// COI.
    package var causeOfInitialization: CauseOfInitialization

    package init(causeOfInitialization: CauseOfInitialization) {
        self.causeOfInitialization = causeOfInitialization
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        causeOfInitialization = try CauseOfInitialization(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        causeOfInitialization.encode(into: &buffer)
    }
}
