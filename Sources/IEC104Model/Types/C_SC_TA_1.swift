import NIOCore

/// C_SC_TA_1, type identification 58: single command with time tag CP56Time2a (IEC 60870-5-104, clause 8).
///
/// | octets | element |
/// |---|---|
/// | 1 | SCO |
/// | 2...8 | CP56Time2a |
package struct C_SC_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_SC_TA_1 }
    package static var encodedSize: Int { 8 }

    /// SCO.
    package var command: SingleCommand
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(command: SingleCommand, time: CP56Time2a) {
        self.command = command
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        command = try SingleCommand(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        command.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
