import NIOCore

/// C_RP_NA_1, type identification 105: reset process command (IEC 60870-5-101, 7.3.4.6).
///
/// | octets | element |
/// |---|---|
/// | 1 | QRP |
package struct C_RP_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_RP_NA_1 }
    package static var encodedSize: Int { 1 }

    /// QRP.
    package var qualifier: QualifierOfResetProcess

    package init(qualifier: QualifierOfResetProcess) {
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        qualifier = try QualifierOfResetProcess(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        qualifier.encode(into: &buffer)
    }
}
