import NIOCore

/// Decisions drawn from the octets of the fuzzer, one after the other; zeros once they have run out.
struct FuzzInput {
    private let octets: UnsafeRawBufferPointer
    private var offset = 0

    /// `octets` must stay valid while the input is used.
    init(_ octets: UnsafeRawBufferPointer) {
        self.octets = octets
    }

    var isAtEnd: Bool { offset >= octets.count }

    mutating func octet() -> UInt8 {
        guard offset < octets.count else { return 0 }
        defer { offset += 1 }
        return octets[offset]
    }

    /// 0..<count.
    mutating func choice(_ count: Int) -> Int {
        Int(octet()) % count
    }

    /// Low octet first.
    mutating func word() -> UInt16 {
        let low = octet()
        return UInt16(octet()) << 8 | UInt16(low)
    }

    /// Low octet first.
    mutating func longWord() -> UInt32 {
        let low = word()
        return UInt32(word()) << 16 | UInt32(low)
    }

    /// The next octets, fewer if there are not so many.
    mutating func octets(_ count: Int) -> ByteBuffer {
        let end = min(octets.count, offset + count)
        defer { offset = end }
        return ByteBuffer(bytes: octets[min(offset, end)..<end])
    }

    /// All that is left.
    mutating func rest() -> ByteBuffer {
        octets(octets.count)
    }
}
