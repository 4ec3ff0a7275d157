import NIOCore

/// M_EP_TD_1, type identification 38: event of protection equipment with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.30).
///
/// | octets | element |
/// |---|---|
/// | 1 | SEP |
/// | 2...3 | elapsed time |
/// | 4...10 | CP56Time2a |
package struct M_EP_TD_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_EP_TD_1 }
    package static var encodedSize: Int { 10 }

    /// SEP.
    package var event: SingleEventOfProtection
    /// elapsed time.
    package var elapsed: CP16Time2a
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(event: SingleEventOfProtection, elapsed: CP16Time2a, time: CP56Time2a) {
        self.event = event
        self.elapsed = elapsed
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        event = try SingleEventOfProtection(decoding: &buffer)
        elapsed = try CP16Time2a(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        event.encode(into: &buffer)
        elapsed.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
