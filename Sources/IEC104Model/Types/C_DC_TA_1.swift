import NIOCore

/// C_DC_TA_1, type identification 59: double command with time tag CP56Time2a (IEC 60870-5-104, clause 8).
///
/// | octets | element |
/// |---|---|
/// | 1 | DCO |
/// | 2...8 | CP56Time2a |
package struct C_DC_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_DC_TA_1 }
    package static var encodedSize: Int { 8 }

    /// DCO.
    package var command: DoubleCommand
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(command: DoubleCommand, time: CP56Time2a) {
        self.command = command
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        command = try DoubleCommand(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        command.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
