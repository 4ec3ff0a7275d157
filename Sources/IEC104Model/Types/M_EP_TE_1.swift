import NIOCore

/// M_EP_TE_1, type identification 39: packed start events of protection equipment with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.31).
///
/// | octets | element |
/// |---|---|
/// | 1 | SPE |
/// | 2 | QDP |
/// | 3...4 | relay duration time |
/// | 5...11 | CP56Time2a |
package struct M_EP_TE_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_EP_TE_1 }
    package static var encodedSize: Int { 11 }

    /// SPE.
    package var events: StartEventsOfProtection
    /// QDP.
    package var quality: QualityDescriptor
    /// relay duration time.
    package var duration: CP16Time2a
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(events: StartEventsOfProtection, quality: QualityDescriptor, duration: CP16Time2a, time: CP56Time2a) {
        self.events = events
        self.quality = quality
        self.duration = duration
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        events = try StartEventsOfProtection(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        duration = try CP16Time2a(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        events.encode(into: &buffer)
        quality.encode(into: &buffer)
        duration.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
