import Foundation
import IEC104Model
import Replay
import ReplayBench
import TestBench
import Testing

/// What the project has recorded itself. `RoundtripTests` send it through the connector.
@Suite("Captures of our own")
struct OwnCaptureTests {
    @Test("there are sessions with strangers, misbehaviour, a busy hour, and every type family")
    func complete() {
        #expect(OwnCaptures.names == CaptureContents.promised.keys.sorted())
    }

    @Test("each shows the types, the causes and the misbehaviour that it is there for", arguments: OwnCaptures.names)
    func contents(_ name: String) throws {
        let promised = try #require(CaptureContents.promised[name])
        let contents = try CaptureContents.read(OwnCaptures.path(name))
        #expect(promised.types.subtracting(contents.types).isEmpty)
        #expect(promised.causes.subtracting(contents.causes).isEmpty)
        #expect(promised.rules.subtracting(contents.rules).isEmpty)
    }

    @Test("each decodes to its golden decode", arguments: OwnCaptures.names)
    func golden(_ name: String) throws {
        var feed = try CaptureFeed(path: OwnCaptures.path(name))
        var format = DecodeJSON()
        var lines: [String] = []
        while let item = feed.next() {
            switch item {
            case .traffic(let events): for event in events { lines += format.lines(for: event) }
            case .malformed(let fault, let packet): lines += format.lines(for: fault, in: packet)
            }
        }
        let golden = try OwnCaptures.text("\(name).golden.jsonl").split(separator: "\n").map(String.init)
        #expect(!golden.isEmpty)
        #expect(lines == golden)
    }

    @Test("the connector and the simulator keep to the standard, as far as they don't misbehave on purpose")
    func check() throws {
        for name in OwnCaptures.names where !["conformance", "simulator-c104"].contains(name) {
            var feed = try CaptureFeed(path: OwnCaptures.path(name))
            var check = CaptureCheck(CheckParameters())
            var findings: [Finding] = []
            while let item = feed.next() {
                if case .traffic(let events) = item { findings += events.flatMap { check.take($0) } }
            }
            #expect(findings.isEmpty, "\(name): \(findings.map(\.line))")
        }
    }

    @Test("each has a line that says where it comes from, and is as it was recorded", arguments: OwnCaptures.names)
    func provenance(_ name: String) async throws {
        let lines = try OwnCaptures.text("PROVENANCE").split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("\(name).pcap ") })
        let program = try ChildProcess("/usr/bin/sha256sum", [OwnCaptures.path(name)])
        let status = try await program.waitForExit(within: .seconds(60))
        #expect(status.code == 0)
        let digest = try #require(program.lines.first?.text.prefix(16))
        #expect(line.contains("sha256 \(digest) "))
    }

    @Test("together they have every type that the connector serves, as event and as answer")
    func types() throws {
        var (events, answers): (Set<UInt8>, Set<UInt8>) = ([], [])
        for name in OwnCaptures.names {
            var traffic = try MonitoredTraffic(path: OwnCaptures.path(name))
            while let items = traffic.next() {
                for case .object(let object) in items {
                    if object.isInterrogated {
                        answers.insert(object.type.rawValue)
                    } else {
                        events.insert(object.type.rawValue)
                    }
                }
            }
        }
        #expect(events.isSuperset(of: Array(30...37) + [1, 3, 5, 7, 9, 11, 13, 15, 20, 21]))
        #expect(answers.isSuperset(of: [1, 3, 5, 7, 9, 11, 13, 15, 20, 21]))
    }
}
