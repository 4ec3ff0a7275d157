import ControllingStation
import IEC104Link
import NIOCore

/// What a case expects, in words that end it if they don't come true.
extension ProbeConnection {
    /// Waits for a frame; others that come before it are passed over.
    @discardableResult
    package func expect(_ pattern: FramePattern, within limit: Duration? = nil) async throws -> ProbeFrame {
        let frames = try await frames(until: pattern, within: limit)
        guard let last = frames.last else { throw CaseStop.failed(expected: pattern.text, came: "nothing") }
        return last
    }

    /// The very next frame has to be this one; a TESTFR act may come before it.
    @discardableResult
    package func expectNext(_ pattern: FramePattern, within limit: Duration? = nil) async throws -> ProbeFrame {
        let wait = limit ?? pace.prompt
        switch try await next(until: .now() + wait) {
        case .frame(let frame) where pattern.matches(frame): return frame
        case .frame(let frame) where frame.isFunction(.testFrameActivation):
            return try await expectNext(pattern, within: limit)
        case .frame(let frame): throw CaseStop.failed(expected: pattern.text, came: FrameText.of(frame))
        case .closed: throw CaseStop.failed(expected: pattern.text, came: "the end of connection \(label)")
        case .nothing: throw CaseStop.failed(expected: pattern.text, came: "nothing within \(wait.secondsText) s")
        }
    }

    /// All frames up to one of this kind, and that one as the last.
    package func frames(until pattern: FramePattern, within limit: Duration? = nil) async throws -> [ProbeFrame] {
        let wait = limit ?? pace.prompt
        let deadline = NIODeadline.now() + wait
        var frames: [ProbeFrame] = []
        while true {
            switch try await next(until: deadline) {
            case .frame(let frame):
                frames.append(frame)
                if pattern.matches(frame) { return frames }
            case .closed:
                throw CaseStop.failed(
                    expected: pattern.text, came: FrameText.of(frames, then: "the end of connection \(label)"))
            case .nothing:
                throw CaseStop.failed(
                    expected: "\(pattern.text) within \(wait.secondsText) s",
                    came: FrameText.of(frames, then: "no more"))
            }
        }
    }

    /// All frames that come in a time, or until the connection ends.
    package func frames(for time: Duration) async throws -> [ProbeFrame] {
        let deadline = NIODeadline.now() + time
        var frames: [ProbeFrame] = []
        while case .frame(let frame) = try await next(until: deadline) { frames.append(frame) }
        return frames
    }

    /// Waits for as many frames of a kind; then nothing more of it may come in the time of silence.
    @discardableResult
    package func expectExactly(
        _ count: Int, _ pattern: FramePattern, within limit: Duration? = nil
    ) async throws -> [ProbeFrame] {
        var frames: [ProbeFrame] = []
        for _ in 0..<count { frames.append(try await expect(pattern, within: limit)) }
        // What stays unacknowledged may end the connection meanwhile.
        try await expectNone(pattern, mayEnd: true)
        return frames
    }

    /// No frame of this kind may come. Others may.
    ///
    /// - Parameter mayEnd: true if the connection needn't last.
    package func expectNone(_ pattern: FramePattern, for time: Duration? = nil, mayEnd: Bool = false) async throws {
        for frame in try await frames(for: time ?? pace.silence) where pattern.matches(frame) {
            throw CaseStop.failed(expected: pattern.absence, came: FrameText.of(frame))
        }
        if await isClosed, !mayEnd {
            throw CaseStop.failed(
                expected: "\(pattern.absence) on a connection that lasts", came: "the end of connection \(label)")
        }
    }

    /// The connection must last, whatever comes.
    package func expectOpen(for time: Duration) async throws {
        _ = try await frames(for: time)
        if await isClosed {
            throw CaseStop.failed(expected: "a connection that lasts", came: "the end of connection \(label)")
        }
    }

    /// The station has to close; frames of this kind mustn't come before.
    ///
    /// - Returns: when it closed, and what came before.
    @discardableResult
    package func expectClose(
        within limit: Duration? = nil, without unwanted: FramePattern? = nil
    ) async throws -> (time: NIODeadline, frames: [ProbeFrame]) {
        let wait = limit ?? pace.prompt
        let deadline = NIODeadline.now() + wait
        var frames: [ProbeFrame] = []
        while true {
            switch try await next(until: deadline) {
            case .frame(let frame):
                if let unwanted, unwanted.matches(frame) {
                    throw CaseStop.failed(
                        expected: "a close without \(unwanted.text)", came: FrameText.of(frame))
                }
                frames.append(frame)
            case .closed(let time): return (time, frames)
            case .nothing:
                throw CaseStop.failed(
                    expected: "the station closes within \(wait.secondsText) s",
                    came: FrameText.of(frames, then: "the connection is still open"))
            }
        }
    }

    /// TESTFR act is confirmed: the station is alive.
    package func expectAlive() async throws {
        try await send(.testFrameActivation)
        try await expect(.function(.testFrameConfirmation))
    }

    /// STARTDT act, and its confirmation before anything else.
    package func startTransfer() async throws {
        try await send(.startDataTransferActivation)
        try await expectNext(.function(.startDataTransferConfirmation))
    }

    /// STOPDT act, and its confirmation.
    package func stopTransfer() async throws {
        try await send(.stopDataTransferActivation)
        try await expect(.function(.stopDataTransferConfirmation))
    }

    // MARK: Timers

    /// A frame has to come when a timer runs out that was started at `start`.
    @discardableResult
    package func expect(
        _ pattern: FramePattern, after nominal: Duration, since start: NIODeadline
    ) async throws -> ProbeFrame {
        let frame = try await expect(pattern, within: remaining(nominal, start))
        try check(frame.time - start, nominal, pattern.text)
        return frame
    }

    /// The station has to close when a timer runs out that was started at `start`.
    @discardableResult
    package func expectClose(
        after nominal: Duration, since start: NIODeadline, without unwanted: FramePattern? = nil
    ) async throws -> [ProbeFrame] {
        let (time, frames) = try await expectClose(within: remaining(nominal, start), without: unwanted)
        try check(time - start, nominal, "the close")
        return frames
    }

    private func remaining(_ nominal: Duration, _ start: NIODeadline) -> Duration {
        // What was measured decides, not when this task got its turn.
        nominal + pace.late + .seconds(1) - (NIODeadline.now() - start).duration
    }

    /// A timer has to have run out after its nominal time, within the bounds of the pace.
    func check(_ elapsed: TimeAmount, _ nominal: Duration, _ what: String) throws {
        let elapsed = elapsed.duration
        guard elapsed >= nominal - pace.early, elapsed <= nominal + pace.late else {
            throw CaseStop.failed(
                expected: "\(what) after \(nominal) (-\(pace.early), +\(pace.late))", came: "it after \(elapsed)")
        }
    }
}

extension TimeAmount {
    var duration: Duration { .nanoseconds(nanoseconds) }
}

extension NIODeadline {
    static func + (deadline: NIODeadline, duration: Duration) -> NIODeadline {
        let (seconds, attoseconds) = duration.components
        return deadline + .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
