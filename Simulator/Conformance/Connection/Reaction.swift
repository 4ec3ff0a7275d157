import ControllingStation
import IEC104Link
import NIOCore

/// What a station did with something that it may answer, ignore, or close for.
package struct Reaction: Sendable {
    /// What came until the connection ended, or until everything sent had been looked at.
    package let frames: [ProbeFrame]
    /// True if the station closed.
    package let isClosed: Bool
    /// True if the answer waited for came.
    package let isAnswered: Bool

    /// For failures.
    package var text: String { FrameText.of(frames, then: isClosed ? "the end of the connection" : nil) }

    /// `closed`, `ignored`, or the word for an answer.
    package func word(answered: String) -> String { isClosed ? "closed" : isAnswered ? answered : "ignored" }
}

extension ProbeConnection {
    /// What the station does with what was sent: a TESTFR act behind it tells when it has been looked at.
    package func reaction(until answer: FramePattern) async throws -> Reaction {
        try await send(.testFrameActivation)
        return try await reaction(
            behind: .function(.testFrameConfirmation), isAnswer: answer.matches)
    }

    /// What the station does with a request: a harmless one behind it tells when it has been looked at.
    ///
    /// - Returns: `isAnswered` is true if an ASDU of the request's type came back.
    package func reaction(to request: RawRequest, before harmless: RawRequest) async throws -> Reaction {
        try await reaction(to: [.request(request)], answer: .anyAnswer(to: request), before: harmless)
    }

    /// As above, for anything sent.
    package func reaction(
        to outgoing: [Outgoing], answer: FramePattern, before harmless: RawRequest
    ) async throws -> Reaction {
        try await send(outgoing + [.request(harmless)])
        return try await reaction(behind: .mirror(of: harmless), isAnswer: answer.matches)
    }

    private func reaction(
        behind mark: FramePattern, isAnswer: (ProbeFrame) -> Bool
    ) async throws -> Reaction {
        let deadline = NIODeadline.now() + pace.prompt
        var frames: [ProbeFrame] = []
        while true {
            switch try await next(until: deadline) {
            case .frame(let frame) where mark.matches(frame):
                return Reaction(frames: frames, isClosed: false, isAnswered: frames.contains(where: isAnswer))
            case .frame(let frame): frames.append(frame)
            case .closed:
                return Reaction(frames: frames, isClosed: true, isAnswered: frames.contains(where: isAnswer))
            case .nothing:
                throw CaseStop.failed(
                    expected: "\(mark.text) or a close within \(pace.prompt.secondsText) s",
                    came: FrameText.of(frames, then: "no more"))
            }
        }
    }

    /// `close` or `ignore`, whichever the station does with what was sent.
    package func closesOrIgnores() async throws -> String {
        try await reaction(until: .information).isClosed ? "close" : "ignore"
    }
}
