import ControllingStation
import IEC104Model
import NIOConcurrencyHelpers
import NIOCore
import Shell
import StationMonitor
import TestBench
import TestSupport
import Testing

/// Lines that are given in advance.
private actor Lines: LineInput {
    private var lines: [String]
    private let before: @Sendable (String?) async -> Void

    /// - Parameter before: what has to be over before a line is given, or the end.
    init(_ lines: [String], before: @escaping @Sendable (String?) async -> Void = { _ in }) {
        (self.lines, self.before) = (lines, before)
    }

    func next() async -> String? {
        let line = lines.isEmpty ? nil : lines.removeFirst()
        await before(line)
        return line
    }
}

@Suite("The shell at a station")
struct ShellTests {
    private struct Outcome {
        let failures: Int
        let output: String

        /// What was written between a line and the next one.
        func answer(to line: String) -> String {
            let parts = output.components(separatedBy: "> \(line)\n")
            guard parts.count > 1 else { return "no \(line) in:\n\(output)" }
            let answer = parts[1].components(separatedBy: "\n> ")[0]
            return answer.hasSuffix("\n") ? String(answer.dropLast()) : answer
        }
    }

    private func run(
        _ lines: [String], script: @escaping ScriptedStation.Script = { _, _ in },
        configure: @escaping @Sendable (inout Shell.Options) -> Void = { _ in }, until awaited: [String?: String] = [:]
    ) async throws -> Outcome {
        let output = NIOLockedValueBox("")
        let input = Lines(lines) { line in
            guard let text = awaited[line] else { return }
            try? await eventually { output.withLockedValue { $0.contains(text) } }
        }
        let failures = NIOLockedValueBox(0)
        try await ScriptedStation.with(script: script) { station in
            var options = Shell.Options(target: HostAndPort(host: "127.0.0.1", port: station.port))
            configure(&options)
            let count = try await Shell(options, input: input) { text in
                output.withLockedValue { $0 += text }
            }.run()
            failures.withLockedValue { $0 = count }
        }
        return Outcome(failures: failures.withLockedValue { $0 }, output: output.withLockedValue { $0 })
    }

    @Test("what arrives is shown before the line that tells the outcome")
    func interrogation() async throws {
        let outcome = try await run(["startdt", "gi ca=1", "quit", "gi"]) { asdu, user in
            user.send([
                .interrogation(1, .activationConfirmation), .float(1, 100, 21.5, .interrogatedByStation),
                .interrogation(1, .activationTermination),
            ])
        }
        #expect(outcome.failures == 0)
        let lines = outcome.answer(to: "gi ca=1").split(separator: "\n")
        #expect(lines.count == 4, "\(outcome.output)")
        #expect(lines.first?.contains("1:0  C_IC_NA_1 (100)  QOI 20  activation-confirmation (7)") == true)
        #expect(lines.dropFirst().first?.contains("1:100  M_ME_NC_1 (13)  21.5  interrogated-by-station (20)") == true)
        #expect(lines.last?.hasPrefix("ok: 1 points in ") == true)
        #expect(!outcome.output.contains("> quit\n> gi"))
    }

    @Test("what fails is counted and told, and the next line is carried out")
    func failures() async throws {
        let outcome = try await run(["gi", "nonsense", "startdt", "testfr"])
        #expect(outcome.failures == 2)
        #expect(outcome.answer(to: "gi") == "failed: data transfer is not started: startdt starts it")
        #expect(outcome.answer(to: "nonsense").hasPrefix("failed: unknown command \"nonsense\""))
        #expect(outcome.answer(to: "testfr").hasPrefix("ok: confirmed in "))
    }

    @Test("with stop, the first command that fails is the last")
    func stop() async throws {
        let outcome = try await run(["gi", "startdt"], configure: { $0.stopsAtFailure = true })
        #expect(outcome.failures == 1)
        #expect(!outcome.output.contains("> startdt"))
    }

    @Test("refusals are failures that say so")
    func refusals() async throws {
        let outcome = try await run(
            ["startdt", "gi ca=1", "read 1:5"],
            script: { asdu, user in
                switch asdu.identifier.typeIdentification {
                case .C_IC_NA_1: user.send([.interrogation(1, .activationConfirmation, isNegative: true)])
                case .C_RD_NA_1:
                    var refusal = asdu
                    refusal.identifier.cause = .unknownInformationObjectAddress
                    refusal.identifier.isNegative = true
                    user.send([refusal])
                default: break
                }
            })
        #expect(outcome.failures == 2)
        let interrogation = "failed: interrogation of common address 1 was refused: negative confirmation"
        #expect(outcome.answer(to: "gi ca=1").hasSuffix(interrogation))
        let read = "failed: refused: unknown-information-object-address (cause 47), negative"
        #expect(outcome.answer(to: "read 1:5").hasSuffix(read))
    }

    @Test("answers that don't come in time are failures that say so")
    func silence() async throws {
        let outcome = try await run(
            ["startdt", "clock", "cmd 45 1:5 on"], configure: { $0.timeout = .milliseconds(300) })
        #expect(outcome.failures == 2)
        #expect(outcome.answer(to: "clock") == "failed: no answer within 0.3 seconds")
        #expect(outcome.answer(to: "cmd 45 1:5 on").contains("failed: execution not confirmed within 0.3 s"))
    }

    @Test("raw octets go out as they are, and frames show what comes of them")
    func raw() async throws {
        let outcome = try await run(
            ["show octets", "raw 68 04 43 00 00 00"], until: [nil: "68 04 83"])
        #expect(outcome.failures == 0)
        #expect(outcome.output.contains(" > TESTFR act\n    68 04 43 00 00 00\n"))
        #expect(outcome.output.contains(" < TESTFR con\n    68 04 83 00 00 00\n"))
    }

    @Test("a connection that ends is told, commands fail until it is made again")
    func reconnection() async throws {
        let outcome = try await run(
            ["startdt", "asdu 64 01 06 00 01 00 00 00 00 14", "gi", "status", "connect", "startdt"],
            script: { _, user in user.close() }, until: ["gi": "the connection has ended"])
        #expect(outcome.failures == 1)
        #expect(outcome.output.contains("the connection has ended: closed by the other end\n"))
        #expect(outcome.answer(to: "gi").contains("failed: the connection has ended: closed by the other end; connect"))
        #expect(outcome.answer(to: "status").contains("ended: closed by the other end"))
        #expect(outcome.answer(to: "connect") == "ok: connected; data transfer is stopped")
    }

    @Test("a prompt that stands there when something arrives is written again behind it")
    func prompt() async throws {
        let output = NIOLockedValueBox("")
        try await ScriptedStation.with { station in
            var options = Shell.Options(target: HostAndPort(host: "127.0.0.1", port: station.port))
            options.isInteractive = true
            let input = Lines(["startdt"]) { line in
                guard line == nil else { return }
                try? await station.send([.float(1, 100, 21.5)])
                try? await eventually { output.withLockedValue { $0.contains("21.5") } }
            }
            _ = try await Shell(options, input: input) { text in output.withLockedValue { $0 += text } }.run()
        }
        let text = output.withLockedValue { $0 }
        #expect(text.contains("ok: data transfer is started\niec104> \r\u{1B}[K"))
        #expect(text.hasSuffix("M_ME_NC_1 (13)  21.5  spontaneous (3)\niec104> "))
    }

    @Test("a station that isn't there is no shell")
    func unreachable() async throws {
        let options = Shell.Options(target: HostAndPort(host: LoopbackAddress.next(), port: 2404))
        let shell = Shell(options, input: Lines([])) { _ in }
        await #expect(throws: ConnectFault.self) { _ = try await shell.run() }
    }
}
