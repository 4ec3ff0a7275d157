import NIOCore

/// C_DC_NA_1, type identification 46: double command (IEC 60870-5-101, 7.3.2.2).
///
/// | octets | element |
/// |---|---|
/// | 1 | DCO |
package struct C_DC_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_DC_NA_1 }
    package static var encodedSize: Int { 1 }

    /// DCO.
    package var command: DoubleCommand

    package init(command: DoubleCommand) {
        self.command = command
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        command = try DoubleCommand(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        command.encode(into: &buffer)
    }
}
