import Foundation
import NIOCore
import TestBench
import TestSupport
import Testing

@Suite("Framing on a socket")
struct FramingTests {
    private let point = "1E 01 14 00 02 00 A1 0F 00"

    /// The answer to the interrogation of common address 2, behind two frames of end of initialization.
    private func expectAnswer(_ master: RawMaster, from number: Int = 2) async throws {
        var asdus: [String] = []
        for _ in 0..<3 { asdus.append(String(try await master.next().dropFirst(18))) }
        #expect(
            asdus == [
                "64 01 07 00 02 00 00 00 00 14", "01 01 14 00 02 00 A1 0F 00 C0", "64 01 0A 00 02 00 00 00 00 14",
            ])
    }

    @Test("LNK-61 STARTDT act and an interrogation octet by octet, 20 ms apart, are answered normally")
    func octetByOctet() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await RawMaster.connect(to: fixture.host)
            for octet in octets("\(APDUs.startAct) \(APDUs.I(0, 0, APDUs.interrogation))") {
                try await master.send([octet])
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await master.next() == APDUs.startCon)
            _ = (try await master.next(), try await master.next())
            try await expectAnswer(master)
        }
    }

    @Test("LNK-62 LNK-63 LNK-64 cuts inside the header, several APDUs in one segment, one and a half twice")
    func cuts() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.start()
            let interrogation = APDUs.I(0, 2, APDUs.interrogation)
            for part in ["68", "0E 00 00", String(interrogation.dropFirst(12))] {
                try await master.send(part)
                try await Task.sleep(for: .milliseconds(20))
            }
            try await expectAnswer(master)
            // 1.5 + 1.5 APDUs.
            let (one, other) = (APDUs.I(1, 5, APDUs.testCommand), APDUs.I(2, 5, APDUs.testCommand))
            try await master.send(one, String(other.prefix(32)))
            #expect(try await master.next().contains(" 6B 01 07 00 "))
            try await master.send(String(other.dropFirst(33)), APDUs.testAct)
            let answers = [try await master.next(), try await master.next()]
            #expect(answers.contains(APDUs.testCon))
            #expect(answers.contains { $0.contains(" 6B 01 07 00 ") })
            try await master.send(APDUs.I(3, 7, APDUs.testCommand), APDUs.I(4, 7, APDUs.interrogation))
            #expect(try await master.next().contains(" 6B 01 07 00 "))
            try await expectAnswer(master)
        }
    }

    @Test("LNK-65 an APDU that never becomes complete ends the connection after t3 and t1, and is never executed")
    func incomplete() async throws {
        try await ConnectorFixture.with(configuration: FastProfile.configuration()) { fixture in
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.start()
            try await master.send(APDUs.S(2), "68 0E 00 00")
            let (apdus, time) = try await master.closed(within: .seconds(12))
            #expect(apdus == [APDUs.testAct])
            #expect(time > .seconds(6.8) && time < .seconds(10), "\(time)")
        }
    }

    @Test("LNK-66...69 LNK-71...77 octets that make no APDU close the connection, and nothing behind them is answered")
    func malformed() async throws {
        try await ConnectorFixture.with { fixture in
            for octets in [
                "69 04 43 00 00 00", "00 01 12 12", "68 00", "68 03 43 00 00", "68 FE 00 00 00 00", "68 FF",
                "68 05 43 00 00 00 00", "68 06 01 00 00 00 00 00", "68 04 00 00 00 00", "68 04 03 00 00 00",
                "68 04 0F 00 00 00", "68 04 47 00 00 00", "68 04 43 01 00 00", "68 04 01 00 01 00",
            ] {
                let master = try await RawMaster.connect(to: fixture.host)
                try await master.send(APDUs.testAct, octets, APDUs.testAct)
                let (apdus, _) = try await master.closed()
                #expect(apdus == [APDUs.testCon], "\(octets)")
            }
        }
    }

    @Test("LNK-35 LNK-37 with the window full an S frame acknowledges after t2, before t1")
    func acknowledgementTime() async throws {
        try await ConnectorFixture.with(configuration: FastProfile.configuration()) { fixture in
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.start()
            for number in 0..<5 { try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#) }
            // Two of the four places hold end of initialization.
            _ = (try await master.next(), try await master.next())
            let begin = ContinuousClock.now
            try await master.send(APDUs.I(0, 0, APDUs.testCommand))
            let answer = try await master.next()
            let time = ContinuousClock.now - begin
            #expect(answer == APDUs.S(1))
            #expect(time > .seconds(0.9) && time < .seconds(2.5), "\(time)")
        }
    }

    private func residentKilobytes(_ pid: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    @Test("LNK-78 1 MiB of random octets on each of 100 connections: no crash, bounded memory, the listener accepts")
    func random() async throws {
        try await ConnectorFixture.with(configuration: FastProfile.configuration(maxConnections: 100)) { fixture in
            let before = try residentKilobytes(fixture.connector.pid)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seed in 0..<100 {
                    group.addTask {
                        var generator = SeededGenerator(seed: UInt64(seed))
                        let master = try await RawMaster.connect(to: fixture.host)
                        // Every other connection gets past the first octets.
                        if seed % 2 == 0 { try? await master.send(APDUs.startAct) }
                        for _ in 0..<64 where !master.isClosed {
                            try? await master.send([0x68, UInt8(4 + seed)] + generator.octets(16_384))
                        }
                        try await master.closed(within: .seconds(20))
                    }
                }
                try await group.waitForAll()
            }
            let after = try residentKilobytes(fixture.connector.pid)
            #expect(after - before < 100_000, "\(after - before) KiB more")
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.start(initializing: 0)
        }
    }

    @Test("LNK-79 10 000 TESTFR act without reading: memory stays bounded, and others are served")
    func flood() async throws {
        try await ConnectorFixture.with(configuration: FastProfile.configuration()) { fixture in
            let before = try residentKilobytes(fixture.connector.pid)
            let deaf = try await RawMaster.connect(to: fixture.host, reads: false)
            let flood = Array(repeating: octets(APDUs.testAct), count: 10_000).flatMap { $0 }
            for _ in 0..<20 {
                // What the station doesn't read stays with the sender.
                Task { try? await deaf.send(flood) }
            }
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.start()
            try await master.send(APDUs.I(0, 2, APDUs.interrogation))
            try await expectAnswer(master)
            let after = try residentKilobytes(fixture.connector.pid)
            #expect(after - before < 50_000, "\(after - before) KiB more")
            await deaf.close()
        }
    }
}
