import Foundation
import TestBench
import TestSupport
import Testing

/// The program iec104-replay as a user runs it.
@Suite("iec104-replay")
struct ReplayProgramTests {
    private func run(_ arguments: String...) async throws -> (code: Int32?, output: [String], errors: String) {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        let process = try ChildProcess(folder.appendingPathComponent("iec104-replay").path, arguments)
        let status = try await process.waitForExit(within: .seconds(60))
        let lines = Dictionary(grouping: process.lines, by: \.source).mapValues { $0.map(\.text) }
        return (status.code, lines[.standardOutput] ?? [], (lines[.standardError] ?? []).joined(separator: "\n"))
    }

    private func capture(_ apdus: [String], isCut: Bool = false) throws -> OctetFile {
        var capture = CaptureOctets(.pcap, linkType: 101)
        var sequence: UInt32 = 1
        for (index, apdu) in apdus.enumerated() {
            let segment = Packets.tcp(2404, 40_000, sequence: sequence, octets(apdu))
            capture.add(Packets.ipv4(segment), seconds: UInt32(index))
            sequence += UInt32(octets(apdu).count)
        }
        return try OctetFile(isCut ? capture.octets.dropLast(1) : capture.octets)
    }

    @Test("decode: a line for each APDU, as text or JSON")
    func decode() async throws {
        let file = try capture([APDUs.testAct, APDUs.testAct])
        let text = try await run("decode", file.path)
        #expect(text.code == 0 && text.output.count == 2)
        let json = try await run("decode", file.path, "--json", "--port", "2404")
        #expect(json.code == 0 && json.output.filter { $0.hasPrefix("{\"stream\":0,\"dir\":\"s2c\"") }.count == 2)
    }

    @Test("check: exit code 0 without findings, 1 with some, and reports on demand")
    func check() async throws {
        let fine = try capture([APDUs.testAct])
        let nothing = try await run("check", fine.path)
        #expect(nothing.code == 0)
        #expect(nothing.output == ["1 packets, 1 APDUs in 1 connections: nothing found"])
        let wrong = try capture([APDUs.startAct])
        let (junit, json) = (wrong.path + ".xml", wrong.path + ".json")
        let found = try await run("check", wrong.path, "--report", "junit=\(junit)", "--report", "json=\(json)")
        #expect(found.code == 1)
        #expect(found.output.first?.contains("wrong-direction: STARTDT act from the controlled station") == true)
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<failure message=\"1 findings\">"))
        #expect(try String(contentsOfFile: json, encoding: .utf8).contains("\"wrong-direction\":1"))
    }

    @Test("a capture that can't be read, or not to its end: exit code 2, after what could be read")
    func unreadable() async throws {
        let file = try capture([APDUs.testAct, APDUs.testAct], isCut: true)
        let decode = try await run("decode", file.path)
        #expect(decode.code == 2 && decode.output.count == 1)
        #expect(decode.errors.contains("can't be read beyond packet 1"))
        let check = try await run("check", file.path)
        #expect(check.code == 2)
        let absent = try await run("check", file.path + ".absent")
        #expect(absent.code == 2 && absent.errors.contains("No such file"))
    }

    @Test(
        "wrong usage: exit code 64",
        arguments: [["check", "--k", "4", "x"], ["check", "--report", "pdf=y", "x"], ["decode"]])
    func usage(_ arguments: [String]) async throws {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        let process = try ChildProcess(folder.appendingPathComponent("iec104-replay").path, arguments)
        #expect(try await process.waitForExit(within: .seconds(60)).code == 64)
    }
}
