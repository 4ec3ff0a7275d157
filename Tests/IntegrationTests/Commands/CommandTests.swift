import Foundation
import IEC104Model
import TestBench
import Testing

@Suite("Commands from a master to the output stream")
struct CommandTests {
    @Test("CMD-01 CMD-52 confirmation and termination to the sender, and one document in the output stream")
    func direct() async throws {
        try await CommandFixture.with { bench in
            let other = try await bench.fixture.startedMaster()
            try await bench.send(
                .C_SC_NA_1(C_SC_NA_1(command: SingleCommand(rawValue: 0x05))), at: 2001, originator: 37)
            #expect(try await bench.answers(2) == ["+7", "+10"])
            let output = try #require(try await bench.outputs().first)
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
            #expect(
                Set(fields.keys) == [
                    "id", "casdu", "ioa", "type", "value", "qualifier", "select", "cot", "originator", "timestamp",
                    "client",
                ])
            #expect(
                output.contains(
                    #""casdu":1,"ioa":2001,"type":45,"value":true,"qualifier":1,"select":false,"cot":6,"originator":37"#
                ))
            #expect(fields["client"] as? String == "127.0.0.1")
            let answer = try await bench.answer(within: .milliseconds(300), of: other)
            #expect(answer == "none")
        }
    }

    @Test("every type arrives with its value, in the unit of the process")
    func values() async throws {
        try await CommandFixture.with { bench in
            let commands: [(UInt32, InformationElement, String)] = [
                (2001, .C_SC_NA_1(C_SC_NA_1(command: SingleCommand(rawValue: 0))), #""type":45,"value":false"#),
                (2101, .C_DC_NA_1(C_DC_NA_1(command: DoubleCommand(rawValue: 2))), #""type":46,"value":1"#),
                (2201, .C_RC_NA_1(C_RC_NA_1(command: RegulatingStepCommand(rawValue: 2))), #""type":47,"value":2"#),
                (
                    2301,
                    .C_SE_NA_1(C_SE_NA_1(value: NormalizedValue(rawValue: 0x4000), qualifier: .init(rawValue: 0))),
                    #""type":48,"value":0.5"#
                ),
                (
                    2401, .C_SE_NB_1(C_SE_NB_1(value: -32768, qualifier: .init(rawValue: 0))),
                    #""type":49,"value":-32768"#
                ),
                (
                    2501, .C_SE_NC_1(C_SE_NC_1(value: 0.1, qualifier: .init(rawValue: 0))),
                    #""type":50,"value":0.1,"#
                ),
                (2502, .C_SE_NC_1(C_SE_NC_1(value: 15, qualifier: .init(rawValue: 0))), #""type":50,"value":10"#),
                (2601, .C_BO_NA_1(C_BO_NA_1(bits: 0xFFFF_FFFF)), #""type":51,"value":4294967295"#),
            ]
            for (address, element, _) in commands {
                try await bench.send(element, at: address)
                let answers = try await bench.answers(2)
                #expect(answers == ["+7", "+10"], "\(address)")
            }
            let outputs = try await bench.outputs()
            #expect(outputs.count == commands.count)
            for (output, command) in zip(outputs, commands) { #expect(output.contains(command.2), "\(output)") }
        }
    }

    @Test("CMD-44 a time-tagged command says when it was given")
    func timeTag() async throws {
        try await CommandFixture.with { bench in
            let now = Int64(Date().timeIntervalSince1970 * 1000)
            try await bench.send(
                .C_SC_TA_1(
                    C_SC_TA_1(
                        command: SingleCommand(rawValue: 1), time: CP56Time2a(millisecondsSince1970: now))), at: 2001)
            #expect(try await bench.answers(2) == ["+7", "+10"])
            let output = try #require(try await bench.outputs().first)
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
            let formatter = ISO8601DateFormatter()
            formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
            let time = try #require((fields["timeTag"] as? String).flatMap { formatter.date(from: $0) })
            #expect(Int64((time.timeIntervalSince1970 * 1000).rounded()) == now)
            #expect(fields["type"] as? Int == 58)
        }
    }

    @Test("CMD-05 CMD-06 CMD-07 select before operate puts one command out")
    func select() async throws {
        try await CommandFixture.with { bench in
            try await bench.switchOn(2002)
            #expect(try await bench.answer() == "-7")
            try await bench.switchOn(2002, isSelect: true)
            #expect(try await bench.answer() == "+7")
            try await bench.switchOn(2002)
            #expect(try await bench.answers(2) == ["+7", "+10"])
            #expect(try await bench.outputs().count == 1)
        }
    }

    @Test("CMD-24 CMD-26 the process confirms, terminates and refuses; what matches nothing is reported")
    func process() async throws {
        try await CommandFixture.with { bench in
            try await bench.switchOn(2003)
            try await eventually("the command is in the stream") { try await bench.outputs().count == 1 }
            try await bench.processAnswers(7)
            #expect(try await bench.answer() == "+7")
            try await bench.processAnswers(10)
            #expect(try await bench.answer() == "+10")
            try await bench.switchOn(2003)
            try await bench.processAnswers(7, isNegative: true)
            #expect(try await bench.answer() == "-7")
            try await bench.processAnswers(10)
            try await bench.fixture.waitForError("unexpected-confirmation", "point 1:2003, cause 10")
            try await bench.switchOn(2003)
            #expect(try await bench.answer() == "-7", "nobody has confirmed")
            try await bench.processAnswers(7)
            try await bench.fixture.waitForError("unexpected-confirmation", "point 1:2003, cause 7")
        }
    }

    @Test("CMD-26 a connector that stops lets a command under way come to its end, and takes no other")
    func stopping() async throws {
        try await CommandFixture.with(#""timeout":30"#) { bench in
            try await bench.switchOn(2003)
            try await eventually("the command is in the stream") { try await bench.outputs().count == 1 }
            bench.fixture.connector.signal(SIGTERM)
            try await eventually("other commands are refused") {
                try await bench.switchOn(2001)
                let answer = try await bench.answer()
                if answer == "+7" { _ = try await bench.answer() }
                return answer == "-7"
            }
            let outputs = try await bench.outputs()
            let output = try #require(outputs.first)
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
            try await bench.processAnswers(10, id: try #require(fields["id"] as? String))
            #expect(try await bench.answers(2) == ["+7", "+10"])
            #expect(try await bench.fixture.connector.waitForExit() == .exited(0))
        }
    }

    @Test("CMD-25 a connector that stops tells no to whom it can't wait for, and writes it down")
    func stoppedTooEarly() async throws {
        try await CommandFixture.with(#""timeout":60"#) { bench in
            try await bench.switchOn(2003)
            try await eventually("the command is in the stream") { try await bench.outputs().count == 1 }
            bench.fixture.connector.signal(SIGTERM)
            #expect(try await bench.answer(within: .seconds(60)) == "-7")
            #expect(try await bench.fixture.connector.waitForExit() == .exited(0))
            let lines = bench.fixture.connector.lines.map(\.text).filter { $0.contains("step=execute") }
            #expect(lines.count == 1 && lines.allSatisfy { $0.contains("the station is stopping") }, "\(lines)")
        }
    }

    @Test("the time of a command is the host's, whatever masters set the station to")
    func hostTime() async throws {
        let mapping = CommandFixture.mapping
        try await ConnectorFixture.with(
            mapping: mapping,
            configuration: { ConnectorFixture.configuration(host: $0, #", "time": { "acceptClockSync": true }"#) }
        ) { fixture in
            let bench = CommandFixture(fixture: fixture, master: try await fixture.startedMaster())
            let tomorrow = Int64(Date().timeIntervalSince1970 * 1000) + 86_400_000
            let synchronization = ASDU(
                InformationObject(
                    address: .irrelevant,
                    element: .C_CS_NA_1(C_CS_NA_1(time: CP56Time2a(millisecondsSince1970: tomorrow)))),
                cause: .activation, commonAddress: 1)
            try await bench.master.connection.send(synchronization)
            try await bench.switchOn(2001)
            #expect(try await bench.answers(2) == ["+7", "+10"])
            try await eventually("the log tells the new time") {
                bench.fixture.connector.lines.contains { $0.text.contains("clock synchronized") }
            }
            let outputs = try await bench.outputs()
            let output = try #require(outputs.first)
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
            let formatter = ISO8601DateFormatter()
            formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
            let time = try #require((fields["timestamp"] as? String).flatMap { formatter.date(from: $0) })
            let age = abs(time.timeIntervalSinceNow)
            #expect(age < 3600)
        }
    }

    @Test("CMD-53 the switch and the list of who may command are live")
    func permission() async throws {
        try await CommandFixture.with(#""enabled":false"#) { bench in
            try await bench.switchOn(2001)
            #expect(try await bench.answer() == "-7")
            try await bench.configure(#""enabled":true"#)
            try await takes(bench, true)
            try await bench.configure(#""allow":["127.200.0.0/16"]"#)
            try await takes(bench, false)
            try await bench.configure(#""allow":["127.200.0.0/16","127.0.0.1"]"#)
            try await takes(bench, true)
        }
    }

    private func takes(_ bench: CommandFixture, _ isTaken: Bool) async throws {
        try await eventually("commands are \(isTaken ? "taken" : "refused")") {
            try await bench.switchOn(2001)
            let answer = try await bench.answer()
            if answer == "+7" { _ = try await bench.answer() }
            return answer == (isTaken ? "+7" : "-7")
        }
    }

    @Test("every command and its outcome is one line of the log and counts; what the mapping doesn't have is reported")
    func audit() async throws {
        try await CommandFixture.with { bench in
            try await bench.switchOn(2001)
            #expect(try await bench.answers(2) == ["+7", "+10"])
            try await bench.switchOn(2002)
            #expect(try await bench.answer() == "-7")
            try await bench.switchOn(2999)
            #expect(try await bench.answer() == "-47")
            try await bench.fixture.waitForError("unmapped-command", "1:2999")
            try await eventually("all are counted") {
                let commands = try await bench.fixture.health("commands")
                let refused = try await bench.fixture.health("commandsRefused")
                return commands == "3" && refused == "2"
            }
            let lines = bench.fixture.connector.lines.map(\.text).filter { $0.contains("step=execute") }
            #expect(lines.count == 3)
            #expect(
                lines.first.map { line in
                    ["outcome=done", "point=1:2001", "value=on", "client=127.0.0.1"].allSatisfy { line.contains($0) }
                } == true, "\(lines)")
            #expect(lines.count { $0.contains("outcome=refused") && $0.contains("reason=") } == 2, "\(lines)")
        }
    }

    @Test("the audit tells selection, cancellation, test and failure apart")
    func auditedSteps() async throws {
        try await CommandFixture.with(#""timeout":1"#) { bench in
            func single(_ octet: UInt8, _ cause: CauseOfTransmission = .activation, isTest: Bool = false) -> ASDU {
                var asdu = ASDU(
                    InformationObject(
                        address: PointAddress(1, 2002).informationObjectAddress,
                        element: .C_SC_NA_1(C_SC_NA_1(command: SingleCommand(rawValue: octet)))),
                    cause: cause, commonAddress: 1)
                asdu.identifier.isTest = isTest
                return asdu
            }
            for request in [single(0x81), single(0x81, .deactivation), single(0x01, isTest: true)] {
                try await bench.master.connection.send(request)
                _ = try await bench.answer()
            }
            try await bench.switchOn(2003)
            try await eventually("the command is in the stream") { try await bench.outputs().count == 1 }
            try await bench.processAnswers(7)
            #expect(try await bench.answers(2) == ["+7", "-10"], "not ended in time")
            let outputs = try await bench.outputs()
            let output = try #require(outputs.first)
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
            let id = try #require(fields["id"] as? String)
            let expected = [
                ["step=select", "outcome=done"], ["step=cancel", "outcome=done"], ["step=execute", "outcome=tested"],
                ["step=execute", "outcome=failed", "no answer in time", "command=\(id)"],
            ]
            try await eventually("all are written down") {
                let lines = bench.fixture.connector.lines.map(\.text).filter { $0.contains("outcome=") }
                return lines.count == expected.count
                    && zip(lines, expected).allSatisfy { line, parts in parts.allSatisfy { line.contains($0) } }
            }
        }
    }

    @Test("who confirms, how long a selection holds and how old a time may be are the configuration's, or the point's")
    func configured() async throws {
        try await CommandFixture.with(#""confirmation":"process","selectTimeout":1,"maxAge":3600"#) { bench in
            try await bench.switchOn(2004)
            #expect(try await bench.answers(2) == ["+7", "+10"], "the point says: the store")
            let old = Int64(Date().timeIntervalSince1970 * 1000) - 1_800_000
            try await bench.send(
                .C_SC_TA_1(
                    C_SC_TA_1(
                        command: SingleCommand(rawValue: 1), time: CP56Time2a(millisecondsSince1970: old))), at: 2001)
            try await eventually("both are in the stream") { try await bench.outputs().count == 2 }
            try await bench.processAnswers(10, at: 2001)
            #expect(try await bench.answers(2) == ["+7", "+10"], "the configuration says: the process")

            let other = try await bench.fixture.startedMaster()
            try await bench.switchOn(2002, isSelect: true)
            #expect(try await bench.answer() == "+7")
            let select = InformationElement.C_SC_NA_1(C_SC_NA_1(command: SingleCommand(rawValue: 0x81)))
            try await bench.send(select, at: 2002, by: other)
            #expect(try await bench.answer(of: other) == "-7")
            try await eventually("the selection has run out", within: .seconds(5)) {
                try await bench.send(select, at: 2002, by: other)
                return try await bench.answer(of: other) == "+7"
            }
        }
    }

    @Test("CMD-56 100 commands in a row to 100 points: confirmed, terminated, and in the stream in their order")
    func burst() async throws {
        let points = (1...100).map { #"{"casdu":1,"ioa":\#($0),"type":45}"# }.joined(separator: ",")
        try await ConnectorFixture.with(mapping: "{\"points\":[\(points)]}") { fixture in
            let bench = CommandFixture(fixture: fixture, master: try await fixture.startedMaster())
            for address in UInt32(1)...100 { try await bench.switchOn(address) }
            let answers = try await bench.answers(200)
            #expect(answers.count { $0 == "+7" } == 100)
            #expect(answers.count { $0 == "+10" } == 100)
            let outputs = try await bench.outputs()
            #expect(outputs.count == 100)
            for (number, output) in outputs.enumerated() { #expect(output.contains(#""ioa":\#(number + 1),"#)) }
        }
    }
}
