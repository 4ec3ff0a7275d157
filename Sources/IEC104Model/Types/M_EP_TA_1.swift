import NIOCore

/// M_EP_TA_1, type identification 17: event of protection equipment with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.17).
///
/// | octets | element |
/// |---|---|
/// | 1 | SEP |
/// | 2...3 | elapsed time |
/// | 4...6 | CP24Time2a |
package struct M_EP_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_EP_TA_1 }
    package static var encodedSize: Int { 6 }

    /// SEP.
    package var event: SingleEventOfProtection
    /// elapsed time.
    package var elapsed: CP16Time2a
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(event: SingleEventOfProtection, elapsed: CP16Time2a, time: CP24Time2a) {
        self.event = event
        self.elapsed = elapsed
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        event = try SingleEventOfProtection(decoding: &buffer)
        elapsed = try CP16Time2a(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        event.encode(into: &buffer)
        elapsed.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
