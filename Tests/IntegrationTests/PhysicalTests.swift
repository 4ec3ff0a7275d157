import ControllingStation
import DataStore
import Foundation
import TestBench
import TestSupport
import Testing

/// The values of the catalogue for test runs, and what tests on real sockets have in common.
enum FastProfile {
    static let fields = #", "protocol": { "t1": 3, "t2": 1, "t3": 4, "k": 4, "w": 2 }"#

    static func configuration(maxConnections: Int = 10) -> (String) -> String {
        { ConnectorFixture.configuration(host: $0, maxConnections: maxConnections, fields) }
    }
}

extension APDUs {
    /// Interrogation of common address 2, which has one point.
    static let interrogation = "64 01 06 00 02 00 00 00 00 14"
    static let testCommand = "6B 01 06 00 01 00 00 00 00 34 12 E8 03 1E 0C 2F 06 1A"
}

@Suite("TCP and connection handling")
struct PhysicalTests {
    private func clients(_ fixture: ConnectorFixture, _ count: Int, within limit: Duration = .seconds(5)) async throws {
        try await eventually("\(count) clients are connected", within: limit) {
            try await fixture.health("clients") == "\(count)"
        }
    }

    @Test("PHY-01 PHY-03 LNK-27 LNK-30 port 2404; silent until TESTFR act after t3, closed t1 later")
    func silence() async throws {
        try await ConnectorFixture.with(configuration: FastProfile.configuration()) { fixture in
            let connected = ContinuousClock.now
            let master = try await RawMaster.connect(to: fixture.host)
            let first = try await master.next(within: .seconds(8))
            let silent = ContinuousClock.now - connected
            #expect(first == APDUs.testAct)
            #expect(silent > .seconds(3.9) && silent < .seconds(6), "\(silent)")
            let (apdus, time) = try await master.closed(within: .seconds(8))
            #expect(apdus == [])
            #expect(time > .seconds(2.8) && time < .seconds(5), "\(time)")
        }
    }

    @Test("PHY-02 another port is listened on, and 2404 refuses")
    func otherPort() async throws {
        try await ConnectorFixture.with(configuration: { ConnectorFixture.configuration(host: $0, port: 2405) }) {
            fixture in
            let master = try await RawMaster.connect(to: fixture.host, port: 2405)
            try await master.start()
            await #expect(throws: (any Error).self) { try await RawMaster.connect(to: fixture.host) }
        }
    }

    @Test("PHY-04 a close in stopped and in started state is answered by a close, and the slot is free")
    func orderlyClose() async throws {
        try await ConnectorFixture.with { fixture in
            for isStarted in [false, true] {
                let master = try await RawMaster.connect(to: fixture.host)
                if isStarted { try await master.start() }
                try await clients(fixture, 1)
                await master.close()
                try await clients(fixture, 0)
            }
        }
    }

    @Test("PHY-05 PHY-07 LNK-49 after RST with unacknowledged frames the slot is free at once and numbers start at 0")
    func abort() async throws {
        try await ConnectorFixture.with(configuration: FastProfile.configuration(maxConnections: 1)) { fixture in
            for round in 0..<5 {
                let master = try await RawMaster.connect(to: fixture.host)
                try await master.start(initializing: round == 0 ? 2 : 0)
                try await master.send(APDUs.I(0, 0, APDUs.interrogation))
                let first = try await master.next()
                #expect(first.hasPrefix(round == 0 ? "68 0E 04 00 02 00 64" : "68 0E 00 00 02 00 64"), "\(first)")
                try await master.abort()
            }
            try await clients(fixture, 0)
        }
    }

    @Test("PHY-06 RED-14 with every slot half open, all are free again after t3 and t1")
    func halfOpen() async throws {
        try await ConnectorFixture.with(configuration: FastProfile.configuration(maxConnections: 2)) { fixture in
            let begin = ContinuousClock.now
            let dead = [
                try await RawMaster.connect(to: fixture.host, from: LoopbackAddress.next(), reads: false),
                try await RawMaster.connect(to: fixture.host, from: LoopbackAddress.next(), reads: false),
            ]
            try await dead[0].send(APDUs.startAct)
            try await clients(fixture, 2)
            let refused = try await RawMaster.connect(to: fixture.host, from: LoopbackAddress.next())
            try await refused.closed()
            try await clients(fixture, 0, within: .seconds(12))
            let freed = ContinuousClock.now - begin
            #expect(freed > .seconds(2.8) && freed < .seconds(10), "\(freed)")
            let master = try await RawMaster.connect(to: fixture.host, from: LoopbackAddress.next())
            try await master.start()
            await dead[1].close()
        }
    }

    @Test("PHY-10 small segments: APDUs cross them and stay whole", arguments: [Int32(88), 536])
    func smallSegments(size: Int32) async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await RawMaster.connect(to: fixture.host, segmentSize: size)
            try await master.start()
            try await master.send(APDUs.I(0, 2, "64 01 06 00 FF FF 00 00 00 14"))
            var apdus: [String] = []
            while apdus.count(where: { $0.contains(" 64 01 0A 00 ") }) < 2 {
                apdus.append(try await master.next())
                if apdus.count % 8 == 0 { try await master.send(APDUs.S(2 + apdus.count)) }
            }
            #expect(apdus.allSatisfy { octets($0).count == Int(octets($0)[1]) + 2 })
        }
    }

    @Test("PHY-11 20 events at once come whole and in order, and an answer isn't held back by the system")
    func coalescing() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.redis.send(
                (0..<20).map { ["XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\($0)"] })
            let values = try await master.points(20).compactMap { $0.information?.value }
            #expect(values == (0..<20).map { .shortFloat(Float($0)) })
            let raw = try await RawMaster.connect(to: fixture.host)
            try await raw.start(initializing: 0)
            var times: [Duration] = []
            for number in 0..<5 {
                let begin = ContinuousClock.now
                try await raw.send(APDUs.I(number, number, APDUs.testCommand))
                let answer = try await raw.next()
                #expect(answer.contains(" 6B 01 07 00 01 00 "))
                times.append(ContinuousClock.now - begin)
            }
            // Other tests may be in the way of some.
            let fastest = try #require(times.min())
            #expect(fastest < .milliseconds(30), "the system holds back for 40 ms and more")
        }
    }

    @Test("PHY-12 200 connections come and go: no slot and no descriptor is lost")
    func storm() async throws {
        try await ConnectorFixture.with { fixture in
            func descriptors() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/\(fixture.connector.pid)/fd").count
            }
            let before = try descriptors()
            for _ in 0..<200 { await (try await RawMaster.connect(to: fixture.host)).close() }
            try await clients(fixture, 0)
            try await eventually("the descriptors are given back") { try descriptors() <= before }
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.start()
        }
    }

    @Test("PHY-13 a connection that answers TESTFR but is never started stays, without I frames, for 10 times t3")
    func neverStarted() async throws {
        let fields = #", "protocol": { "t1": 30, "t2": 1, "t3": 1, "k": 4, "w": 2 }"#
        try await ConnectorFixture.with(configuration: { ConnectorFixture.configuration(host: $0, fields) }) {
            fixture in
            let master = try await RawMaster.connect(to: fixture.host)
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":1}"#)
            for _ in 0..<10 {
                let apdu = try await master.next()
                #expect(apdu == APDUs.testAct)
                try await master.send(APDUs.testCon)
            }
            #expect(!master.isClosed)
        }
    }
}
