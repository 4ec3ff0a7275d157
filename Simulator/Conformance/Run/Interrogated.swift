import ControllingStation
import IEC104Model
import NIOCore

/// A whole answer to an interrogation: from its confirmation to its termination.
package struct Interrogated: Sendable {
    package let request: RawRequest
    /// Everything between confirmation and termination, in order.
    package let frames: [ProbeFrame]

    /// The frames that the interrogation has asked for.
    package func data(cause: UInt8) -> [ProbeFrame] { frames.filter { $0.cause == cause && !$0.points.isEmpty } }

    /// The points that the interrogation has asked for, in order.
    package func points(cause: UInt8) -> [ReportedPoint] { data(cause: cause).flatMap(\.points) }
}

extension ProbeConnection {
    /// Sends an interrogation or counter interrogation of one common address and receives the whole answer.
    package func interrogate(_ request: RawRequest) async throws -> Interrogated {
        try await send(request)
        return try await interrogated(request)
    }

    /// Receives the whole answer to an interrogation that was sent.
    package func interrogated(_ request: RawRequest) async throws -> Interrogated {
        let confirmation = FramePattern.confirmation(of: request)
        try await expect(confirmation, orRefusalOf: request)
        let termination = FramePattern.termination(of: request)
        let frames = try await answer(until: termination)
        return Interrogated(request: request, frames: Array(frames.dropLast()))
    }

    /// All frames of a long answer up to its last one: waits as long as something comes.
    func answer(until last: FramePattern) async throws -> [ProbeFrame] {
        let end = NIODeadline.now() + pace.interrogation
        var idle = NIODeadline.now() + pace.prompt * 2
        var frames: [ProbeFrame] = []
        while case .frame(let frame) = try await next(until: min(end, idle)) {
            frames.append(frame)
            if last.matches(frame) { return frames }
            if FramePattern.reply.matches(frame) { idle = .now() + pace.prompt * 2 }
        }
        throw CaseStop.failed(expected: last.text, came: FrameText.of(frames, then: "no more"))
    }

    /// Waits for a confirmation, but no longer than for a refusal.
    private func expect(_ confirmation: FramePattern, orRefusalOf request: RawRequest) async throws {
        let frame = try await expect(confirmation.or(.negativeAnswer(to: request)))
        guard confirmation.matches(frame) else {
            throw CaseStop.failed(expected: confirmation.text, came: FrameText.of(frame))
        }
    }
}
