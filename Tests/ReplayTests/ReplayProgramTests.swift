import Foundation
import TestSupport
import Testing

/// The program iec104-replay as a user runs it.
@Suite("iec104-replay")
struct ReplayProgramTests {
    private func run(_ arguments: String...) async throws -> ReplayPrograms.Result {
        try await ReplayPrograms.run(arguments)
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

    @Test("check: a packet that makes no sense is a finding, with frame, time and rule, in every form of report")
    func malformedPacket() async throws {
        var capture = CaptureOctets(.pcap, linkType: 101)
        capture.add(Packets.ipv4(Packets.tcp(2404, 40_000, sequence: 1, octets(APDUs.testAct))), seconds: 1)
        capture.add(Packets.ipv4([1, 2, 3]), seconds: 2)
        let file = try OctetFile(capture.octets)
        let (junit, json) = (file.path + ".xml", file.path + ".json")
        let result = try await run("check", file.path, "--report", "junit=\(junit)", "--report", "json=\(json)")
        #expect(result.code == 1)
        let line = "     2  1970-01-01 00:00:02.000000  malformed-packet: TCP: the header is cut off"
        #expect(result.output == [line, "2 packets, 1 APDUs in 1 connections: 1 findings"])
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains(">\(line)</failure>"))
        let finding = #"{"rule":"malformed-packet","frame":2,"t":"2.000000000","message":"TCP: the header is cut off"}"#
        let text = try String(contentsOfFile: json, encoding: .utf8)
        #expect(text.contains(finding) && text.contains("\"complete\":true"))
    }

    @Test("check: what the capture lacks is the capture's fault: judged in part, and every report says so")
    func incomplete() async throws {
        var capture = CaptureOctets(.pcap, linkType: 101)
        let packet = Packets.ipv4(Packets.tcp(2404, 40_000, sequence: 1, octets(APDUs.testAct + APDUs.testAct)))
        capture.add(Array(packet.dropLast(3)), of: packet.count, seconds: 1)
        let file = try OctetFile(capture.octets)
        let (junit, json) = (file.path + ".xml", file.path + ".json")
        let result = try await run("check", file.path, "--report", "junit=\(junit)", "--report", "json=\(json)")
        #expect(result.code == 0)
        let reason = "lacks octets in 1 places"
        #expect(result.output.first?.contains("JUDGED IN PART, because of the capture: it \(reason)") == true)
        #expect(result.output.first?.contains("1 packets are cut by its snapshot length") == true)
        #expect(result.output.last?.hasSuffix("nothing found") == true)
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<skipped message=\"it \(reason)"))
        #expect(try String(contentsOfFile: json, encoding: .utf8).contains("\"complete\":false"))
    }

    @Test("nothing to judge: exit code 2, and what helps; decode tells it as well")
    func nothing() async throws {
        var capture = CaptureOctets(.pcap, linkType: 101)
        capture.add(Packets.ipv4(protocol: 17, [1, 2, 3]), seconds: 1)
        let file = try OctetFile(capture.octets)
        let (junit, json) = (file.path + ".xml", file.path + ".json")
        let check = try await run("check", file.path, "--report", "junit=\(junit)", "--report", "json=\(json)")
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<error message=\"nothing to judge"))
        let object = try String(contentsOfFile: json, encoding: .utf8)
        #expect(object.contains("\"complete\":false,\"error\":\"nothing to judge: no APDU\""))
        #expect(check.code == 2 && check.output == ["1 packets, 0 APDUs in 0 connections: nothing to judge"])
        #expect(check.errors.contains("\(file.path): no IEC 104 traffic") && check.errors.contains("--port"))
        let decode = try await run("decode", file.path, "--port", "5")
        #expect(decode.code == 0 && decode.output.isEmpty)
        #expect(decode.errors.contains("no IEC 104 traffic in 1 packets on port 5"))
    }

    @Test("a capture that can't be read, or not to its end: exit code 2, after what could be read")
    func unreadable() async throws {
        let file = try capture([APDUs.testAct, APDUs.testAct], isCut: true)
        let decode = try await run("decode", file.path)
        #expect(decode.code == 2 && decode.output.count == 1)
        #expect(decode.errors.contains("can't be read beyond packet 1"))
        let check = try await run("check", file.path)
        #expect(check.code == 2)
        #expect(
            check.output.first?.contains("JUDGED IN PART, because of the capture: the capture can't be read") == true)
        let absent = try await run("check", file.path + ".absent")
        #expect(absent.code == 2)
        #expect(
            absent.errors == "iec104-replay: \(file.path).absent: the capture can't be read: No such file or directory")
        let empty = try await run("decode", "/dev/null")
        #expect(empty.code == 2 && empty.errors.hasSuffix("/dev/null: the capture can't be read: it is empty"))
        let text = try OctetFile([UInt8]("no capture at all".utf8))
        let other = try await run("check", text.path)
        #expect(other.code == 2 && other.errors.contains("it is neither pcap nor pcapng"))
    }

    @Test(
        "wrong usage: exit code 64",
        arguments: [
            ["check", "--k", "4", "x"], ["check", "--report", "pdf=y", "x"], ["decode"],
            ["check", "--report", "junit=/absent/report.xml", "x"], ["check", "--report", "junit=/tmp", "x"],
        ])
    func usage(_ arguments: [String]) async throws {
        let result = try await ReplayPrograms.run(arguments)
        #expect(result.code == 64)
    }
}
