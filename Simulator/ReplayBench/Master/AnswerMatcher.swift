import DequeModule
import IEC104Model

/// Pairs the answers of a live station with the recorded ones, whatever comes first, and tells differences.
struct AnswerMatcher {
    /// Live answers that wait for a recorded one at most; more are differences at once.
    private static let limit = 100_000

    private struct Recorded {
        let answer: Answer
        let frame: Int
        let number: Int
    }

    private struct Live {
        let answer: Answer
        let number: Int
    }

    private let rules: Set<IgnoreRule>
    private var recorded: [Answer.Key: Deque<Recorded>] = [:]
    private var live: [Answer.Key: Deque<Live>] = [:]
    private var liveCount = 0
    private var numbers = (recorded: 0, live: 0)
    /// Of each interrogation, the live numbers of the pair that was recorded last, to tell their order.
    private var latestPair: [PointOrderKey: (recorded: Int, live: Int)] = [:]

    private struct PointOrderKey: Hashable {
        let commonAddress: CommonAddress
        let cause: CauseOfTransmission
    }

    /// Recorded answers that haven't come.
    private(set) var outstanding = 0

    init(ignoring rules: Set<IgnoreRule>) {
        self.rules = rules
    }

    /// The recording has an answer here.
    mutating func expect(_ answer: Answer, frame: Int, into report: inout ReplayReport) {
        numbers.recorded += 1
        let expected = Recorded(answer: answer, frame: frame, number: numbers.recorded)
        report.willCompare(answer.type)
        if let received = live[answer.key]?.popFirst() {
            liveCount -= 1
            pair(expected, received, into: &report)
        } else {
            recorded[answer.key, default: []].append(expected)
            outstanding += 1
        }
    }

    /// The live station has answered.
    mutating func receive(_ answer: Answer, into report: inout ReplayReport) {
        numbers.live += 1
        let received = Live(answer: answer, number: numbers.live)
        if let expected = recorded[answer.key]?.popFirst() {
            outstanding -= 1
            pair(expected, received, into: &report)
            if answer.endsRequest { endRequest(expected, into: &report) }
        } else if liveCount < Self.limit {
            live[answer.key, default: []].append(received)
            liveCount += 1
        } else {
            addUnexpected(answer, into: &report)
        }
    }

    /// What hasn't come by now won't.
    mutating func giveUp(into report: inout ReplayReport) {
        let missing = recorded.values.flatMap(\.self).sorted { $0.number < $1.number }
        for expected in missing { addMissing(expected, into: &report) }
        recorded = [:]
        outstanding = 0
    }

    /// Nothing more comes, of either.
    mutating func finish(into report: inout ReplayReport) {
        giveUp(into: &report)
        for received in live.values.flatMap(\.self).sorted(by: { $0.number < $1.number }) {
            addUnexpected(received.answer, into: &report)
        }
        live = [:]
        liveCount = 0
    }

    private mutating func pair(_ expected: Recorded, _ received: Live, into report: inout ReplayReport) {
        if let kind = expected.answer.difference(from: received.answer, ignoring: rules) {
            report.add(kind, expected.answer, frame: expected.frame, "answered \(received.answer.text)")
            return
        }
        guard let cause = expected.answer.key.cause, cause.isInterrogation, !rules.contains(.order) else { return }
        let key = PointOrderKey(commonAddress: expected.answer.key.address.commonAddress, cause: cause)
        if let latest = latestPair[key], (expected.number > latest.recorded) != (received.number > latest.live) {
            report.add(.order, expected.answer, frame: expected.frame, "answered in another order")
        }
        latestPair[key] = (expected.number, received.number)
    }

    /// The live station is done with a request: what was recorded of it up to its end doesn't come any more.
    ///
    /// - Parameter last: the recorded answer that was paired with the live end.
    private mutating func endRequest(_ last: Recorded, into report: inout ReplayReport) {
        var end = last
        while !end.answer.endsRequest {
            guard let next = recorded[last.answer.key]?.popFirst() else { break }
            outstanding -= 1
            addMissing(next, into: &report)
            end = next
        }
        guard [100, 101].contains(last.answer.type.rawValue) else { return }
        endInterrogation(last.answer, before: end.answer.endsRequest ? end.number : .max, into: &report)
    }

    /// Of the values that were recorded before the end of an interrogation, none comes any more.
    private mutating func endInterrogation(_ reply: Answer, before end: Int, into report: inout ReplayReport) {
        let asked = reply.key.address.commonAddress
        var missing: [Recorded] = []
        for (key, expected) in recorded {
            guard let cause = key.cause, cause.isInterrogation,
                cause.isCounterInterrogation == (reply.type == .C_CI_NA_1),
                asked == .broadcast || asked == key.address.commonAddress
            else { continue }
            missing += expected.filter { $0.number < end }
            recorded[key] = expected.filter { $0.number >= end }
        }
        outstanding -= missing.count
        for expected in missing.sorted(by: { $0.number < $1.number }) { addMissing(expected, into: &report) }
    }

    private func addMissing(_ expected: Recorded, into report: inout ReplayReport) {
        report.add(.missing, expected.answer, frame: expected.frame, "not answered")
    }

    private func addUnexpected(_ answer: Answer, into report: inout ReplayReport) {
        guard !rules.contains(.additional) else { return }
        report.add(
            Difference(
                kind: .unexpected, address: answer.key.address, type: answer.type, frame: nil,
                message: "answered \(answer.text), which wasn't recorded"))
    }
}
