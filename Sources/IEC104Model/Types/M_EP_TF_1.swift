import NIOCore

/// M_EP_TF_1, type identification 40: packed output circuit information of protection equipment with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.32).
///
/// | octets | element |
/// |---|---|
/// | 1 | OCI |
/// | 2 | QDP |
/// | 3...4 | relay operating time |
/// | 5...11 | CP56Time2a |
package struct M_EP_TF_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_EP_TF_1 }
    package static var encodedSize: Int { 11 }

    /// OCI.
    package var circuits: OutputCircuitInformation
    /// QDP.
    package var quality: QualityDescriptor
    /// relay operating time.
    package var operatingTime: CP16Time2a
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(
        circuits: OutputCircuitInformation, quality: QualityDescriptor, operatingTime: CP16Time2a, time: CP56Time2a
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
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        circuits.encode(into: &buffer)
        quality.encode(into: &buffer)
        operatingTime.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
