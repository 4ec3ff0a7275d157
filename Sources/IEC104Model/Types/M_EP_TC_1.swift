import NIOCore

/// M_EP_TC_1, type identification 19: packed output circuit information of protection equipment with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.19).
///
/// | octets | element |
/// |---|---|
/// | 1 | OCI |
/// | 2 | QDP |
/// | 3...4 | relay operating time |
/// | 5...7 | CP24Time2a |
package struct M_EP_TC_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_EP_TC_1 }
    package static var encodedSize: Int { 7 }

    /// OCI.
    package var circuits: OutputCircuitInformation
    /// QDP.
    package var quality: QualityDescriptor
    /// relay operating time.
    package var operatingTime: CP16Time2a
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(
        circuits: OutputCircuitInformation, quality: QualityDescriptor, operatingTime: CP16Time2a, time: CP24Time2a
    ) {
        self.circuits = circuits
        self.quality = quality
        self.operatingTime = operatingTime
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        circuits = try OutputCircuitInformation(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        operatingTime = try CP16Time2a(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        circuits.encode(into: &buffer)
        quality.encode(into: &buffer)
        operatingTime.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
