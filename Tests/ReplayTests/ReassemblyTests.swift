import Replay
import TestSupport
import Testing

@Suite("TCP reassembly")
struct ReassemblyTests {
    @Test("APDUs split over segments, and many in one")
    func split() throws {
        var recording = Recording()
        recording.send(.control, "68 04")
        recording.send(.control, "43 00 00 00 68")
        recording.send(.control, "04 07 00 00 00 \(APDUs.testCon)")
        #expect(try recording.summary() == ["c2s 5 TESTFR act", "c2s 6 STARTDT act", "c2s 6 TESTFR con"])
    }

    @Test("retransmission, whole and with more behind it")
    func retransmission() throws {
        var recording = Recording()
        recording.send(.control, APDUs.testAct)
        recording.add(.control, flags: 0x18, back: 6, octets(APDUs.testAct))
        recording.add(.control, flags: 0x18, back: 6, octets(APDUs.testAct + APDUs.startAct))
        #expect(try recording.summary() == ["c2s 4 TESTFR act", "c2s 6 STARTDT act"])
    }

    @Test("reordered segments come in order, put down to the last one needed")
    func reordered() throws {
        var recording = Recording()
        recording.send(.control, APDUs.testAct)
        recording.send(.control, APDUs.startAct)
        recording.swap(3, 4)
        #expect(try recording.summary() == ["c2s 5 TESTFR act", "c2s 5 STARTDT act"])
    }

    @Test("sequence numbers go around")
    func wrap() throws {
        var recording = Recording(first: UInt32.max - 8)
        for _ in 0..<3 { recording.send(.control, APDUs.testAct) }
        #expect(try recording.summary() == (4...6).map { "c2s \($0) TESTFR act" })
    }

    @Test("an answer captured before its question comes after it")
    func causality() throws {
        var recording = Recording()
        recording.send(.control, APDUs.testAct)
        recording.send(.monitor, APDUs.testCon)
        recording.swap(3, 4)
        #expect(try recording.summary() == ["c2s 5 TESTFR act", "s2c 4 TESTFR con"])
    }

    @Test("a keep-alive brings no data, neither at the beginning nor later")
    func keepAlive() throws {
        var recording = Recording(isFromBeginning: false)
        recording.add(.control, flags: 0x10, back: 1, [0x68])
        recording.send(.control, APDUs.testAct)
        recording.add(.control, flags: 0x10, back: 1, [0])
        recording.send(.control, APDUs.startAct)
        #expect(try recording.summary() == ["c2s 2 TESTFR act", "c2s 4 STARTDT act"])
    }

    @Test(
        "what was sent before the first octets, but captured after them, is told once, and not taken for a repetition")
    func late() throws {
        var recording = Recording(isFromBeginning: false)
        recording.send(.control, APDUs.testAct)
        recording.send(.control, APDUs.startAct)
        recording.add(.control, flags: 0x18, back: 12, octets(APDUs.testAct))
        recording.swap(0, 1)
        #expect(try recording.summary() == ["c2s 1 STARTDT act", "c2s 2 late 6"])
        var report = CheckReport(file: "")
        for event in try recording.events() { report.count(event) }
        #expect(report.gaps == 1)
    }

    @Test("what comes after numbers have gone around isn't late")
    func lateWrap() {
        var assembler = StreamAssembler()
        var events: [StreamEvent] = []
        // 4.8 GB, of which the capture has six octets of each 16 MB.
        let step = 16_000_000
        for index in 0..<300 {
            let end = Endpoint(address: IPAddress(ipv4: 7), port: 2404)
            let segment = TCPSegment(
                source: end, destination: end, sequence: TCPSequence(rawValue: 1).advanced(by: index * step),
                acknowledgement: TCPSequence(rawValue: 1), flags: [.ack, .psh],
                payload: .init(hexadecimal: APDUs.testAct), missing: step - 6)
            assembler.receive(
                segment, from: .first, frame: index + 1, time: CaptureTime(nanoseconds: 0), into: &events)
        }
        let late = events.filter { if case .late = $0.content { true } else { false } }
        #expect(late.isEmpty)
        #expect(events.count == 600)
    }

    @Test("a capture from the middle begins with the next APDU")
    func middle() throws {
        var recording = Recording(isFromBeginning: false)
        recording.send(.control, "00 68 01 02 \(APDUs.testAct)")
        recording.send(.control, APDUs.startAct)
        #expect(
            try recording.summary() == ["c2s 1 skipped 00 68 01 02", "c2s 1 TESTFR act", "c2s 2 STARTDT act"])
    }

    @Test("lost segments are told, and reading goes on at the next APDU")
    func lost() throws {
        var recording = Recording()
        recording.send(.monitor, "\(APDUs.testAct) 68 04")
        recording.lose(.monitor, "43 00 00 00 \(APDUs.testAct) 68")
        recording.send(.monitor, "04 43 00 00 00 \(APDUs.startCon)")
        recording.send(.control, APDUs.testCon)
        #expect(
            try recording.summary() == [
                "s2c 4 TESTFR act", "s2c 5 skipped 68 04", "s2c 5 missing 11", "s2c 5 skipped 04 43 00 00 00",
                "s2c 5 STARTDT con", "c2s 6 TESTFR con",
            ])
    }

    @Test("a lost segment that is sent again isn't lost")
    func sentAgain() throws {
        var recording = Recording()
        recording.send(.monitor, APDUs.testAct)
        recording.add(.monitor, flags: 0x18, back: UInt32(bitPattern: -6), octets(APDUs.startCon))
        recording.wait(3)
        recording.send(.monitor, APDUs.testCon)
        #expect(try recording.summary() == ["s2c 4 TESTFR act", "s2c 6 TESTFR con", "s2c 6 STARTDT con"])
    }

    @Test("what waits for a lost segment comes at last while the connection goes on")
    func bounded() throws {
        var recording = Recording()
        recording.lose(.monitor, APDUs.testAct)
        recording.send(.monitor, APDUs.startCon)
        for _ in 0..<20 { recording.send(.control, APDUs.testAct) }
        recording.send(.monitor, APDUs.testCon)
        let summary = try recording.summary()
        #expect(summary.prefix(2) == ["s2c 4 missing 6", "s2c 4 STARTDT con"])
        #expect(summary.count == 23)
    }

    @Test("a segment that the capture cuts")
    func cut() throws {
        var recording = Recording()
        recording.send(.control, octets(APDUs.testAct) + octets(APDUs.startAct))
        recording.send(.control, APDUs.stopAct)
        var analyzer = CaptureAnalyzer(linkType: .rawIP)
        var events: [TrafficEvent] = []
        for packet in recording.packets {
            let octets = packet.octets.getSlice(at: 0, length: min(48, packet.octets.readableBytes)) ?? packet.octets
            try analyzer.receive(CapturedPacket(frame: packet.frame, time: packet.time, octets: octets), into: &events)
        }
        analyzer.finish(into: &events)
        #expect(
            events.map(\.content).contains(.missing(4)) && events.filter { $0.isAPDU }.count == 2)
    }

    @Test("a new connection between the same ports starts anew")
    func reopened() throws {
        var recording = Recording()
        recording.send(.control, "68 04 43")
        var again = Recording(first: 900_000)
        again.send(.control, APDUs.testAct)
        for packet in again.packets { recording.add(packet) }
        let events = try recording.events()
        #expect(events.filter { $0.isAPDU }.map { "\($0.stream.index) \($0.frame)" } == ["1 8"])
    }

    @Test("many connections are followed in bounded memory")
    func many() throws {
        var conversations = Conversations()
        var events: [TrafficEvent] = []
        for index in 0..<5000 {
            let client = Endpoint(address: IPAddress(ipv4: UInt32(index)), port: 40_000)
            let segment = TCPSegment(
                source: client, destination: Endpoint(address: IPAddress(ipv4: 7), port: 2404),
                sequence: TCPSequence(rawValue: 1), acknowledgement: TCPSequence(rawValue: 1), flags: [.ack, .psh],
                payload: .init(hexadecimal: APDUs.testAct))
            conversations.receive(
                segment, frame: index + 1, time: CaptureTime(nanoseconds: Int64(index)), into: &events)
        }
        // Those that gave way are finished before the end of the capture.
        #expect(events.filter { $0.content == .finished }.count == 1024)
        conversations.finish(into: &events)
        #expect(events.filter { $0.isAPDU }.count == 5000)
        #expect(events.filter { $0.content == .finished }.count == 5000)
    }
}

extension TrafficEvent {
    var isAPDU: Bool { if case .apdu = content { true } else { false } }
}
