import Foundation
import TestBench
import TestSupport
import Testing

/// A pipe as capture: what it brings is used as it comes, and a signal ends the waiting for more.
@Suite("Live input", .serialized)
struct LiveInputTests {
    private static let event = "01 01 03 00 0A 00 01 00 00 01"

    /// Packets from the controlled station, one a second; a part of the next packet behind them, as tcpdump leaves it.
    private func capture(_ apdus: [String], isTorn: Bool = true) -> [UInt8] {
        var capture = CaptureOctets(.pcap, linkType: 101)
        var sequence: UInt32 = 1
        for (index, apdu) in apdus.enumerated() {
            capture.add(
                Packets.ipv4(Packets.tcp(2404, 40_000, sequence: sequence, octets(apdu))), seconds: UInt32(index))
            sequence += UInt32(octets(apdu).count)
        }
        return isTorn ? capture.octets + [0, 0, 0, 9, 1, 2] : capture.octets
    }

    /// Sends a signal, and waits for the end, which has to be an outcome.
    private func end(_ program: PipedProgram, _ signal: Int32, afterPackets packets: String = "") async throws {
        program.process.signal(signal)
        let status = try await program.process.waitForExit(within: .seconds(60))
        #expect(status.code == 130, Comment(rawValue: program.errors))
        #expect(program.errors.contains("ended by a signal after packet \(packets)"))
    }

    @Test("decode shows an APDU before the next one comes, and ends at a signal", arguments: [SIGINT, SIGTERM])
    func decode(_ signal: Int32) async throws {
        let program = try await PipedProgram(["decode", "-"])
        try await program.write(capture([APDUs.testAct]))
        try await eventually("the line is there", within: .seconds(60)) { program.output.count == 1 }
        #expect(program.output.first?.hasSuffix("TESTFR act") == true)
        try await end(program, signal, afterPackets: "1,")
        #expect(program.output.count == 1)
    }

    @Test("decode shows what one direction carries though the other isn't captured, and nothing more comes")
    func oneDirection() async throws {
        let program = try await PipedProgram(["decode", "-"])
        var capture = CaptureOctets(.pcap, linkType: 101)
        var sequence: UInt32 = 1
        for number in 0..<5 {
            // Each tells that more has been received from the side that nobody sees.
            let segment = Packets.tcp(
                2404, 40_000, sequence: sequence, acknowledgement: UInt32(100 + 6 * number), octets(APDUs.testAct))
            capture.add(Packets.ipv4(segment), seconds: 0)
            sequence += UInt32(octets(APDUs.testAct).count)
        }
        try await program.write(capture.octets)
        try await eventually("all lines are there", within: .seconds(60)) {
            program.output.count { $0.hasSuffix("TESTFR act") } == 5
        }
        try await end(program, SIGINT, afterPackets: "5,")
    }

    @Test("check tells a finding before the next packet comes, and reports at a signal", arguments: [SIGINT, SIGTERM])
    func check(_ signal: Int32) async throws {
        let folder = try TemporaryFolder("live")
        let (junit, json) = (folder.path + "/r.xml", folder.path + "/r.json")
        let program = try await PipedProgram(["check", "-", "--report", "junit=\(junit)", "--report", "json=\(json)"])
        try await program.write(capture([APDUs.testAct, APDUs.startAct]))
        try await eventually("the finding is there", within: .seconds(60)) { program.output.count == 1 }
        #expect(program.output.first?.contains("wrong-direction") == true)
        try await end(program, signal, afterPackets: "2,")
        #expect(program.output.last == "2 packets, 2 APDUs in 1 connections: 1 findings")
        let xml = try String(contentsOfFile: junit, encoding: .utf8)
        #expect(xml.contains("<failure message=\"1 findings\">") && xml.contains("<error message=\"ended by a signal"))
        #expect(try String(contentsOfFile: json, encoding: .utf8).contains("\"complete\":false,\"error\":\"ended by"))
    }

    @Test("a signal ends the waiting for the first packet", arguments: ["decode", "check"])
    func nothing(_ command: String) async throws {
        let program = try await PipedProgram([command, "-"])
        try await program.write(Array(capture([], isTorn: false).prefix(10)))
        try await end(program, SIGINT, afterPackets: "0,")
    }

    @Test("feed writes a value before the next one comes, and ends at a signal", arguments: ["1", "max"])
    func feed(_ speed: String) async throws {
        try await withThrowawayRedis { redis in
            let program = try await PipedProgram([
                "feed", "-", "redis", "--host", redis.host, "--port", "\(redis.port)", "--speed", speed,
            ])
            try await program.write(capture([APDUs.I(0, 0, Self.event)]))
            try await eventually("the value is written", within: .seconds(60)) {
                try await redis.send(["XLEN", "process:updates"]).integer == 1
            }
            try await end(program, SIGINT, afterPackets: "1,")
            #expect(program.output.first?.contains("1 values written to image and stream") == true)
        }
    }

    @Test("master ends at a signal")
    func master() async throws {
        try await ScriptedStation.with { station in
            let program = try await PipedProgram(["master", "-", "127.0.0.1:\(station.port)"])
            var capture = CaptureOctets(.pcap, linkType: 101)
            let start = Packets.tcp(40_000, 2404, sequence: 1, octets(APDUs.startAct))
            capture.add(Packets.ipv4(start), seconds: 0)
            try await program.write(capture.octets)
            try await eventually("it has started data transfer", within: .seconds(60)) {
                try await station.statistics.received > 0
            }
            try await end(program, SIGTERM)
            #expect(program.output.contains { $0.contains("COMPARED IN PART: ended by a signal") })
        }
    }

    @Test("what can be read but once is no capture for a command that reads it twice: exit code 64")
    func once() async throws {
        for arguments in [["roundtrip", "/dev/stdin"], ["feed", "/dev/stdin", "--mapping-json", "-"]] {
            let result = try await ReplayPrograms.run(arguments)
            #expect(result.code == 64 && result.errors.contains("name a file instead of /dev/stdin"))
        }
    }
}
