import NIOCore

/// What an expectation has seen, judged frame by frame. A value without I/O or clock.
struct Observation {
    /// Frames that are told of those that were passed over.
    private static let toldFrames = 20

    let expectation: FrameExpectation
    /// The beginning of the scenario, which times are told from.
    let start: NIODeadline
    /// The beginning of the step.
    let begin: NIODeadline

    private(set) var matched = 0
    private var passed: [ReceivedFrame] = []
    private var passedCount = 0

    init(_ expectation: FrameExpectation, start: NIODeadline, begin: NIODeadline) {
        self.expectation = expectation
        self.start = start
        self.begin = begin
    }

    var isMet: Bool { matched >= expectation.count }

    /// Takes the next frame.
    ///
    /// - Throws: `StepFailure` for one that must not come now.
    mutating func take(_ frame: ReceivedFrame) throws(StepFailure) {
        let count = expectation.pattern.matches(frame)
        guard count > 0 else {
            passedCount += 1
            passed.append(frame)
            if passed.count > Self.toldFrames { passed.removeFirst() }
            return
        }
        if let earliest = expectation.earliest, frame.time - begin < TimeAmount(earliest) {
            throw failure("\(expectation.pattern) not before \(TimeSpan.text(earliest))", [line(frame)])
        }
        try checkValues(frame)
        matched += expectation.countsFrames ? 1 : count
        if matched > expectation.count, expectation.values == nil, !expectation.countsFrames,
            expectation.count > 1
        {
            throw failure("\(expectation.count) times \(expectation.pattern)", ["\(matched) times", line(frame)])
        }
    }

    private func checkValues(_ frame: ReceivedFrame) throws(StepFailure) {
        guard let values = expectation.values, case .data(let pattern) = expectation.pattern else { return }
        for (offset, reading) in pattern.matches(frame).enumerated() {
            let wanted = values.lowerBound + matched + offset
            guard wanted <= values.upperBound else {
                throw failure("no value after \(values.upperBound)", [line(frame)])
            }
            guard reading?.numericValue == Double(wanted) else {
                throw failure(
                    "the value \(wanted) of \(pattern)",
                    ["\(reading?.text ?? "nothing readable") in its place", line(frame)])
            }
        }
    }

    /// What is said when time is up.
    var missing: StepFailure {
        var what = "\(expectation.pattern) within \(TimeSpan.text(expectation.limit))"
        if expectation.count > 1 { what = "\(expectation.count) times \(what)" }
        return failure(what, matched > 0 ? ["\(matched) of them"] : [])
    }

    /// What is said when the connection has ended instead.
    func closed(_ reason: String) -> StepFailure {
        failure("\(expectation.pattern)", ["the connection ended: \(reason)"])
    }

    private func failure(_ expected: String, _ came: [String]) -> StepFailure {
        var lines = came
        if passedCount > passed.count { lines.append("\(passedCount - passed.count) other frames, and then") }
        lines += passed.map(line)
        return StepFailure(expected: expected, came: lines.isEmpty ? ["nothing"] : lines)
    }

    private func line(_ frame: ReceivedFrame) -> String { Self.line(frame, since: start) }

    /// `12.345 s  I(0,1) ...`.
    static func line(_ frame: ReceivedFrame, since start: NIODeadline) -> String {
        "\(ScenarioClock.text(frame.time - start)) s  \(FrameText.of(frame))"
    }
}
