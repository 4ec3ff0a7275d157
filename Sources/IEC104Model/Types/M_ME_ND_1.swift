import NIOCore

/// M_ME_ND_1, type identification 21: measured value, normalized value without quality descriptor (IEC 60870-5-101, 7.3.1.21).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NVA |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_ME_ND_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ME_ND_1 }
    package static var encodedSize: Int { 2 }
    package static var allowsSequence: Bool { true }

    /// NVA.
    package var value: NormalizedValue

    package init(value: NormalizedValue) {
        self.value = value
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try NormalizedValue(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
    }
}
