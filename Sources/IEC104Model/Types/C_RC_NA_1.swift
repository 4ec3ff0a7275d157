import NIOCore

/// C_RC_NA_1, type identification 47: regulating step command (IEC 60870-5-101, 7.3.2.3).
///
/// | octets | element |
/// |---|---|
/// | 1 | RCO |
package struct C_RC_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_RC_NA_1 }
    package static var encodedSize: Int { 1 }

    /// RCO.
    package var command: RegulatingStepCommand

    package init(command: RegulatingStepCommand) {
        self.command = command
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        command = try RegulatingStepCommand(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        command.encode(into: &buffer)
    }
}
