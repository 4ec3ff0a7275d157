import NIOCore

/// C_SC_NA_1, type identification 45: single command (IEC 60870-5-101, 7.3.2.1).
///
/// | octets | element |
/// |---|---|
/// | 1 | SCO |
package struct C_SC_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_SC_NA_1 }
    package static var encodedSize: Int { 1 }

    /// SCO.
    package var command: SingleCommand

    package init(command: SingleCommand) {
        self.command = command
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        command = try SingleCommand(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        command.encode(into: &buffer)
    }
}
