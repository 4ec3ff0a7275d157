import NIOCore
import TestSupport
import Testing

@testable import IEC104Model

@Suite("Random octets")
struct RandomASDUTests {
    /// The octets of the ASDU that `octets` make, or nil if they make none.
    private func mirrored(_ octets: [UInt8]) -> [UInt8]? {
        var buffer = ByteBuffer(bytes: octets)
        guard let asdu = try? ASDU(decoding: &buffer) else { return nil }
        var mirror = ByteBuffer()
        asdu.encode(into: &mirror)
        return Array(mirror.readableBytesView)
    }

    @Test("DUI-26...31 random octets never crash, and what decodes is written back as it came")
    func random() {
        var generator = SeededGenerator(seed: 104)
        for _ in 0..<20_000 {
            let octets = generator.octets(Int.random(in: 0...253, using: &generator))
            if let mirror = mirrored(octets) { #expect(mirror == octets) }
        }
    }

    @Test("random contents of the right length decode for every type and are written back bit for bit")
    func rightLength() throws {
        var generator = SeededGenerator(seed: 2404)
        for number in UInt8.min...UInt8.max {
            let type = TypeIdentification(rawValue: number)
            guard let layout = InformationElement.layout(of: type), type != .F_SG_NA_1 else { continue }
            for isSequence in layout.allowsSequence ? [false, true] : [false] {
                let room = isSequence ? (243 - 3) / max(layout.size, 1) : 243 / (3 + layout.size)
                for _ in 0..<60 {
                    let count = Int.random(in: 1...min(room, 127), using: &generator)
                    var octets = [number, UInt8(count) | (isSequence ? 0x80 : 0)] + generator.octets(4)
                    octets += generator.octets((isSequence ? 3 : 3 * count) + layout.size * count)
                    // A sequence must not run past the largest address.
                    if isSequence { octets[8] = 0 }
                    #expect(mirrored(octets) == octets, "\(type), \(count) objects")
                }
            }
        }
    }

    @Test("one flipped bit in a golden example never crashes, and what still decodes is written back as it came")
    func flippedBits() {
        for example in GoldenASDU.all {
            let golden = octets(example.hex)
            for bit in 0..<golden.count * 8 {
                var octets = golden
                octets[bit / 8] ^= 1 << UInt8(bit % 8)
                if let mirror = mirrored(octets) { #expect(mirror == octets, "\(example.name), bit \(bit)") }
            }
        }
    }

    @Test("random segments of files are written back as they came")
    func segments() {
        var generator = SeededGenerator(seed: 125)
        for _ in 0..<1000 {
            let count = UInt8.random(in: 0...236, using: &generator)
            let octets = [0x7D, 1, 13, 0, 1, 0] + generator.octets(6) + [count] + generator.octets(Int(count))
            #expect(mirrored(octets) == octets)
        }
    }
}
