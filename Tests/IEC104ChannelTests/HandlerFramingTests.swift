import IEC104Channel
import IEC104Link
import NIOCore
import TestSupport
import Testing

@Suite("Link handler: framing")
struct HandlerFramingTests {
    @Test("LNK-61 LNK-62 STARTDT act and an interrogation octet by octet are taken as they are in one read")
    func dripFeed() throws {
        let bench = try HandlerBench.connected()
        for octet in octets(joined(APDUs.startAct, APDUs.I(0, 0, ASDUs.interrogation))) {
            try bench.receive(hexadecimal(octet))
        }
        #expect(try bench.sent() == [APDUs.startCon])
        #expect(bench.user.received == [ASDUs.interrogation])
    }

    @Test("LNK-63 several APDUs in one read are answered in order, in one write")
    func severalInOne() throws {
        let bench = try HandlerBench.connected()
        bench.user.onReceived = { bench.user.queue.append($0) }
        try bench.receive(
            joined(APDUs.startAct, APDUs.I(0, 0, ASDUs.test), APDUs.I(1, 0, ASDUs.interrogation), APDUs.testAct))
        let answers = try bench.sent()
        #expect(answers.count == 1)
        #expect(
            answers.first
                == joined(
                    APDUs.startCon, APDUs.I(0, 2, ASDUs.test), APDUs.I(1, 2, ASDUs.interrogation), APDUs.testCon))
        bench.user.onReceived = { _ in }
    }

    @Test("LNK-64 one and a half, then the rest and another")
    func oneAndAHalf() throws {
        let bench = try HandlerBench.started()
        let test = octets(APDUs.I(0, 0, ASDUs.test))
        try bench.receive(hexadecimal(octets(APDUs.testAct) + test.prefix(3)))
        #expect(try bench.sent() == [APDUs.testCon])
        try bench.receive(hexadecimal(test.dropFirst(3) + octets(APDUs.testAct)))
        #expect(try bench.sent() == [APDUs.testCon])
        #expect(bench.user.received == [ASDUs.test])
    }

    @Test("LNK-65 an APDU that never becomes complete ends through t3 and t1, and isn't delivered")
    func incomplete() throws {
        let bench = try HandlerBench.started()
        try bench.receive("68 0E 00 00")
        bench.advance(by: .seconds(4))
        #expect(try bench.sent() == [APDUs.testAct])
        bench.advance(by: .seconds(3))
        #expect(bench.fault == .unconfirmed(.testFrameActivation))
        #expect(bench.user.received == [])
    }

    @Test(
        "LNK-66...69 LNK-71...77 octets that make no APDU close; what was ahead of them is answered, what follows isn't",
        arguments: [
            ("69 04 43 00 00 00", MalformedAPDU.startOctet(0x69)), ("00 01 12 12", .startOctet(0)),
            ("68 00", .length(0)), ("68 03 43 00 00", .length(3)), ("68 FE 00 00 00 00", .length(254)),
            ("68 FF", .length(255)), ("68 05 43 00 00 00 00", .length(5)), ("68 06 01 00 00 00 00 00", .length(6)),
            ("68 04 00 00 00 00", .informationWithoutASDU), ("68 04 03 00 00 00", .undefinedFunction(0x03)),
            ("68 04 0F 00 00 00", .undefinedFunction(0x0F)), ("68 04 47 00 00 00", .undefinedFunction(0x47)),
            ("68 04 43 01 00 00", .undefinedFunction(0x0143)), ("68 04 01 00 01 00", .reservedBits(0x0001_0001)),
        ])
    func malformed(hex: String, fault: MalformedAPDU) throws {
        let bench = try HandlerBench.started()
        try bench.receive(joined(APDUs.testAct, hex, APDUs.I(0, 0), APDUs.testAct))
        #expect(try bench.sent() == [APDUs.testCon])
        #expect(bench.fault == .malformed(fault))
        #expect(bench.handler.closeReason == .fault(.malformed(fault)))
        #expect(bench.user.received == [])
        #expect(!bench.channel.isActive)
    }

    @Test("LNK-75 two functions in one U frame start nothing")
    func twoFunctions() throws {
        let bench = try HandlerBench.connected()
        try bench.receive("68 04 47 00 00 00")
        #expect(try bench.sent() == [])
        #expect(bench.user.events == [.established, .closed(.fault(.malformed(.undefinedFunction(0x47))))])
    }

    @Test("LNK-70 the longest APDU is delivered, and sent")
    func longest() throws {
        let bench = try HandlerBench.started()
        let asdu = "C8 01 06 00 01 00 " + Array(repeating: "AB", count: 243).joined(separator: " ")
        try bench.receive(APDUs.I(0, 0, asdu))
        #expect(bench.user.received == [asdu])
        bench.user.queue = [asdu]
        bench.user.link?.wake()
        #expect(try bench.sent() == [APDUs.I(0, 1, asdu)])
    }

    @Test("LNK-53 LNK-57 frames behind a fault in the same read aren't delivered")
    func behindFault() throws {
        let bench = try HandlerBench.started()
        try bench.receive(joined(APDUs.I(0, 0), APDUs.I(2, 0), APDUs.I(1, 0), APDUs.stopAct))
        #expect(bench.user.received == [ASDUs.point])
        #expect(bench.fault == .sendSequence(expected: .init(1), received: .init(2)))
        #expect(try bench.sent() == [])
        #expect(!bench.user.events.contains(.stopped))
    }

    @Test("LNK-78 random octets end in a fault or wait for more, and never crash", arguments: 1...20)
    func random(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<50 {
            let bench = try HandlerBench.started()
            for _ in 0..<20 where bench.channel.isActive {
                try bench.receive(hexadecimal([0x68] + generator.octets(Int.random(in: 0...40, using: &generator))))
            }
            #expect(bench.channel.isActive == (bench.closeReason == nil))
        }
    }
}
