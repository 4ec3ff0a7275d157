import IEC104Channel
import IEC104Link
import NIOCore
import TestSupport
import Testing

@Suite("Cutting octets into APDUs")
struct APDUDecoderTests {
    /// The APDUs that come out of these pieces, and the fault that ends them.
    private func decode(_ pieces: [[UInt8]]) -> (apdus: [String], fault: MalformedAPDU?) {
        let processor = NIOSingleStepByteToMessageProcessor(APDUDecoder())
        var apdus: [String] = []
        do {
            for piece in pieces {
                try processor.process(buffer: ByteBuffer(bytes: piece)) { apdus.append($0.octets.hexadecimalText) }
            }
            try processor.finishProcessing(seenEOF: true) { apdus.append($0.octets.hexadecimalText) }
        } catch {
            return (apdus, error as? MalformedAPDU)
        }
        return (apdus, nil)
    }

    private let stream = [
        APDUs.startAct, APDUs.I(0, 0, ASDUs.interrogation), APDUs.S(1), APDUs.I(1, 1, ASDUs.test), APDUs.testAct,
    ]

    @Test("LNK-61 octet by octet")
    func dripFeed() {
        let (apdus, fault) = decode(octets(stream.joined(separator: " ")).map { [$0] })
        #expect(apdus == stream)
        #expect(fault == nil)
    }

    @Test("LNK-62 cut inside the header")
    func cutHeader() {
        let (apdus, fault) = decode([octets("68"), octets("0E 00 00"), octets("00 00 \(ASDUs.interrogation)")])
        #expect(apdus == [APDUs.I(0, 0, ASDUs.interrogation)])
        #expect(fault == nil)
    }

    @Test("LNK-63 many in one read")
    func manyInOne() {
        let many = Array(repeating: stream, count: 50).flatMap { $0 }
        let (apdus, fault) = decode([octets(many.joined(separator: " "))])
        #expect(apdus == many)
        #expect(fault == nil)
    }

    @Test("LNK-64 one and a half, then the rest and another")
    func oneAndAHalf() {
        let interrogation = octets(APDUs.I(0, 0, ASDUs.interrogation))
        let (apdus, fault) = decode([
            octets(APDUs.startAct) + interrogation.prefix(8), interrogation.dropFirst(8) + octets(APDUs.testAct),
        ])
        #expect(apdus == [APDUs.startAct, APDUs.I(0, 0, ASDUs.interrogation), APDUs.testAct])
        #expect(fault == nil)
    }

    @Test("PHY-10 cut anywhere", arguments: 1...50)
    func cutAnywhere(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var rest = octets(Array(repeating: stream, count: 10).flatMap { $0 }.joined(separator: " "))[...]
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            let size = Int.random(in: 1...40, using: &generator)
            pieces.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        let (apdus, fault) = decode(pieces)
        #expect(apdus == Array(repeating: stream, count: 10).flatMap { $0 })
        #expect(fault == nil)
    }

    @Test(
        "LNK-65 what isn't complete when the connection ends is dropped",
        arguments: ["68", "68 0E", "68 0E 00 00", "68 04 43 00 00"])
    func incomplete(hex: String) {
        let (apdus, fault) = decode([octets(hex)])
        #expect(apdus == [])
        #expect(fault == nil)
    }

    @Test(
        "LNK-66 LNK-67 another start octet ends the stream",
        arguments: ["69 04 43 00 00 00", "00 01 12 12 \(APDUs.testAct)"])
    func startOctet(hex: String) {
        let (apdus, fault) = decode([octets(joined(APDUs.startAct, hex, APDUs.testAct))])
        #expect(apdus == [APDUs.startAct])
        #expect(fault == .startOctet(octets(hex)[0]))
    }

    @Test(
        "LNK-68 LNK-69 lengths outside 4...253 end the stream as soon as they are seen",
        arguments: [0, 1, 2, 3, 254, 255])
    func length(length: Int) {
        let (apdus, fault) = decode([octets(APDUs.testAct), [0x68, UInt8(length)]])
        #expect(apdus == [APDUs.testAct])
        #expect(fault == .length(length))
    }

    @Test("LNK-70 the longest APDU")
    func longest() throws {
        let asdu = "C8 01 06 00 01 00 " + Array(repeating: "AB", count: 243).joined(separator: " ")
        let apdu = APDUs.I(0, 0, asdu)
        #expect(octets(apdu).count == 255)
        let (apdus, fault) = decode([octets(apdu), octets(apdu)])
        #expect(apdus == [apdu, apdu])
        #expect(fault == nil)
    }

    @Test(
        "LNK-71...77 control fields that the standard doesn't have end the stream",
        arguments: [
            ("68 05 43 00 00 00 00", MalformedAPDU.length(5)),
            ("68 06 01 00 00 00 00 00", .length(6)),
            ("68 04 00 00 00 00", .informationWithoutASDU),
            ("68 04 03 00 00 00", .undefinedFunction(0x03)),
            ("68 04 0F 00 00 00", .undefinedFunction(0x0F)),
            ("68 04 47 00 00 00", .undefinedFunction(0x47)),
            ("68 04 43 01 00 00", .undefinedFunction(0x0143)),
            ("68 04 01 00 01 00", .reservedBits(0x0001_0001)),
        ])
    func controlField(hex: String, expected: MalformedAPDU) {
        let (apdus, fault) = decode([octets(joined(APDUs.testAct, hex, APDUs.testAct))])
        #expect(apdus == [APDUs.testAct])
        #expect(fault == expected)
    }

    @Test("the ASDU is what follows the control field")
    func asdu() throws {
        let processor = NIOSingleStepByteToMessageProcessor(APDUDecoder())
        var asdus: [String] = []
        try processor.process(buffer: ByteBuffer(hexadecimal: stream.joined(separator: " "))) {
            asdus.append($0.asdu.hexadecimalText)
        }
        #expect(asdus == ["", ASDUs.interrogation, "", ASDUs.test, ""])
    }

    @Test("LNK-78 random octets never crash", arguments: 1...20)
    func random(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<500 {
            let (apdus, _) = decode([[0x68] + generator.octets(Int.random(in: 0...300, using: &generator))])
            #expect(apdus.allSatisfy { octets($0).count == Int(octets($0)[1]) + 2 })
        }
    }
}
