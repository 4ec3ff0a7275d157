import ControllingStation
import IEC104Model
import Testing

@testable import StationMonitor

@Suite("Command for people and programs")
struct CommandFormTests {
    private let command = Command(
        address: PointAddress(commonAddress: 1, informationObjectAddress: 5), value: .double(true))

    @Test("an event is a line with time, kind and what the ASDU says")
    func event() {
        var asdu = command.asdu(.select)
        asdu.identifier.cause = .activationConfirmation
        asdu.identifier.isNegative = true
        let event = CommandEvent(.refused, asdu, isMirrored: false, at: moment)
        #expect(
            CommandForm.text.lines(event) == [
                "2026-01-15T10:30:00.123Z  refused     1:5  C_DC_NA_1 (46)  select on  activation-confirmation (7), "
                    + "negative  (differs from what was sent)"
            ])
        #expect(
            CommandForm.json.lines(event) == [
                #"{"event":"refused","time":"2026-01-15T10:30:00.123Z","typeid":46,"name":"C_DC_NA_1","cot":7,"#
                    + #""cause":"activation-confirmation","ca":1,"ioa":5,"value":2,"select":true,"#
                    + #""qualifier":0,"neg":true,"test":false,"oa":0,"mirrored":false}"#
            ])
    }

    @Test("return information has a line for each object")
    func returnInformation() throws {
        let asdu = try #require(
            ASDU(
                [10, 11].map { address in
                    InformationObject(address: address, element: .M_ME_NC_1(M_ME_NC_1(value: 1, quality: .invalid)))
                }, cause: .returnInformationRemote, commonAddress: 1))
        let lines = CommandForm.text.lines(CommandEvent(.returnInformation, asdu, at: moment))
        #expect(
            lines.map { String($0.dropFirst(26)) }
                == [10, 11].map { address in
                    "return-information  1:\(address)  M_ME_NC_1 (13)  1.0, IV  return-information-remote (11)"
                })
    }

    private func verdict(
        _ outcome: CommandOutcome, _ value: CommandValue = .single(true), step: CommandStep = .execute,
        isTest: Bool = false, termination: CommandTermination? = nil
    ) -> CommandVerdict {
        var command = command
        command.value = value
        command.isTest = isTest
        var options = CommandRun.Options(target: HostAndPort(host: "h", port: 1), command: command)
        if let termination { options.termination = termination }
        return CommandVerdict(step: step, outcome: outcome, termination: options.termination, timeout: options.timeout)
    }

    @Test("a missing termination counts for single, double and step commands, and where it is demanded")
    func termination() {
        for value in [CommandValue.single(true), .double(false), .step(isHigher: true)] {
            #expect(!verdict(.unterminated, value).isSuccess)
            #expect(verdict(.unterminated, value, termination: .optional).isSuccess)
        }
        for value in [CommandValue.normalized(.init(rawValue: 1)), .scaled(1), .shortFloat(1), .bitstring(1)] {
            #expect(verdict(.unterminated, value).isSuccess)
            #expect(!verdict(.unterminated, value, termination: .required).isSuccess)
        }
        #expect(verdict(.unterminated, .bitstring(1)).description.hasSuffix("this type need not be terminated"))
        #expect(verdict(.unterminated).description.contains("not terminated within 20 s: it is not known whether"))
        #expect(CommandTermination(of: command) == .required)
        var test = command
        test.isTest = true
        #expect(CommandTermination(of: test) == .ignored)
    }

    @Test("only what the station has granted is a success")
    func success() {
        #expect(verdict(.confirmed).isSuccess)
        #expect(verdict(.terminated).isSuccess)
        for outcome in [CommandOutcome.refused, .unknown(.unknownType), .failed, .unconfirmed] {
            #expect(!verdict(outcome, .scaled(1)).isSuccess)
        }
        #expect(
            verdict(.unknown(.unknownType), step: .select).description == "selection refused: unknown-type (cause 44)")
    }
}
