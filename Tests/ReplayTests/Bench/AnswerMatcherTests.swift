import IEC104Model
import Testing

@testable import ReplayBench

/// Recorded and live answers are paired, whatever comes first.
@Suite("Answers of a replay")
struct AnswerMatcherTests {
    private static func identifier(
        _ type: TypeIdentification, _ cause: CauseOfTransmission, isNegative: Bool = false
    ) -> DataUnitIdentifier {
        var asdu = ASDU(
            InformationObject(address: 0, element: .C_IC_NA_1(C_IC_NA_1(qualifier: .station))), cause: cause,
            commonAddress: CommonAddress(rawValue: 1))
        asdu.identifier.typeIdentification = type
        asdu.identifier.isNegative = isNegative
        return asdu.identifier
    }

    private static func reply(_ cause: CauseOfTransmission, isNegative: Bool = false) -> Answer? {
        Answer(
            identifier(.C_IC_NA_1, cause, isNegative: isNegative),
            InformationObject(address: 0, element: .C_IC_NA_1(C_IC_NA_1(qualifier: .station))))
    }

    private static func value(_ ioa: InformationObjectAddress, _ value: Int16) -> Answer? {
        Answer(
            identifier(.M_ME_NB_1, .interrogatedByStation),
            InformationObject(address: ioa, element: .M_ME_NB_1(M_ME_NB_1(value: value, quality: .good))))
    }

    private static let confirmation = reply(.activationConfirmation)
    private static let termination = reply(.activationTermination)

    private func kinds(
        _ recorded: [Answer?], _ live: [Answer?], ignoring rules: Set<IgnoreRule> = [], liveFirst: Bool = false
    ) throws -> [DifferenceKind] {
        var (matcher, report) = (AnswerMatcher(ignoring: rules), ReplayReport(file: "x", target: "y"))
        func expect() throws {
            for (index, answer) in recorded.enumerated() {
                matcher.expect(try #require(answer), frame: index, into: &report)
            }
        }
        func receive() throws {
            for answer in live { matcher.receive(try #require(answer), into: &report) }
        }
        if liveFirst { try receive() }
        try expect()
        if !liveFirst { try receive() }
        let outstanding = matcher.outstanding
        matcher.finish(into: &report)
        #expect(outstanding == 0)
        return report.differences.map(\.kind)
    }

    @Test("the same answers, whichever comes first", arguments: [false, true])
    func equal(_ liveFirst: Bool) throws {
        let answers = [Self.confirmation, Self.value(1, 5), Self.value(2, 6), Self.termination]
        #expect(try kinds(answers, answers, liveFirst: liveFirst).isEmpty)
    }

    @Test("another value, another order, a missing and a further point; rules leave them out")
    func differences() throws {
        let recorded = [Self.confirmation, Self.value(1, 5), Self.value(2, 6), Self.termination]
        let changed = [Self.confirmation, Self.value(1, 5), Self.value(2, 7), Self.termination]
        #expect(try kinds(recorded, changed) == [.value])
        #expect(try kinds(recorded, changed, ignoring: [.values]).isEmpty)
        let swapped = [Self.confirmation, Self.value(2, 6), Self.value(1, 5), Self.termination]
        #expect(try kinds(recorded, swapped) == [.order])
        #expect(try kinds(recorded, swapped, ignoring: [.order]).isEmpty)
        #expect(try kinds(swapped, recorded, liveFirst: true) == [.order])
        let other = [Self.confirmation, Self.value(1, 5), Self.value(3, 6), Self.termination]
        #expect(try kinds(recorded, other) == [.missing, .unexpected])
        #expect(try kinds(recorded, other, ignoring: [.additional]) == [.missing])
    }

    @Test("a refusal ends what was recorded of the request, without waiting for the rest")
    func refusal() throws {
        let recorded = [Self.confirmation, Self.value(1, 5), Self.termination]
        let refused = [Self.reply(.activationConfirmation, isNegative: true)]
        #expect(try kinds(recorded, refused) == [.cause, .missing, .missing])
        #expect(try kinds(recorded + recorded, refused + recorded) == [.cause, .missing, .missing])
    }

    @Test("the paces of a replay", arguments: [("max", true), ("1", true), ("0.5", true), ("0", false), ("x", false)])
    func pace(_ text: String, _ isValid: Bool) {
        #expect((Pace(text) != nil) == isValid)
    }
}
