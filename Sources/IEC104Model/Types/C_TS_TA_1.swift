import NIOCore

/// C_TS_TA_1, type identification 107: test command with time tag CP56Time2a (IEC 60870-5-104, clause 8).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | TSC, test sequence counter |
/// | 3...9 | CP56Time2a |
package struct C_TS_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_TS_TA_1 }
    package static var encodedSize: Int { 9 }

    /// TSC, test sequence counter.
    package var counter: UInt16
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(counter: UInt16, time: CP56Time2a) {
        self.counter = counter
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        counter = try UInt16(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        counter.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
