/// The fields of a data point document that have a meaning.
enum DocumentField: String {
    case value, type, casdu, ioa, quality, cot, timestamp, transient, negative, id

    /// Nil for a name that nobody knows. Told from the octets, so that no text has to be made of them.
    init?(octets: UnsafeRawBufferPointer) {
        guard octets.count >= 2 else { return nil }
        let candidate: DocumentField
        switch (octets[0], octets[1]) {
        case (UInt8(ascii: "v"), _): candidate = .value
        case (UInt8(ascii: "t"), UInt8(ascii: "y")): candidate = .type
        case (UInt8(ascii: "c"), UInt8(ascii: "a")): candidate = .casdu
        case (UInt8(ascii: "i"), UInt8(ascii: "o")): candidate = .ioa
        case (UInt8(ascii: "i"), _): candidate = .id
        case (UInt8(ascii: "q"), _): candidate = .quality
        case (UInt8(ascii: "c"), _): candidate = .cot
        case (UInt8(ascii: "t"), UInt8(ascii: "i")): candidate = .timestamp
        case (UInt8(ascii: "t"), _): candidate = .transient
        case (UInt8(ascii: "n"), _): candidate = .negative
        default: return nil
        }
        guard candidate.rawValue.utf8.elementsEqual(octets) else { return nil }
        self = candidate
    }
}
