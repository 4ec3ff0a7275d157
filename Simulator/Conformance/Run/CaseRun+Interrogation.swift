import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// Steps about interrogations, requests that don't fit, and connecting again.
extension CaseRun {
    /// Interrogates a group and compares it with the profile.
    func checkGroup(_ group: Int) async throws {
        let connection = try await start()
        let answer = try await connection.interrogate(interrogation(UInt8(20 + group)))
        let data = answer.frames.filter { !$0.points.isEmpty && !$0.isSpontaneous }
        try check(
            data.allSatisfy { $0.cause == UInt8(20 + group) }, "cause \(20 + group)", came: FrameText.of(data))
        let reported = data.flatMap(\.points).map { Int($0.address.informationObjectAddress.rawValue) }.sorted()
        let expected = profile.interrogated(ca, group: group).map(\.objectAddress).sorted()
        try check(reported == expected, "the points \(expected) of group \(group)", came: "\(reported)")
        await connection.close()
    }

    /// The answer to a station interrogation has to hold every declared point of a common address once, and no other.
    func checkComplete(_ points: [ReportedPoint], of commonAddress: Int) throws {
        let expected = profile.interrogated(commonAddress).map(\.objectAddress)
        let reported = points.map { Int($0.address.informationObjectAddress.rawValue) }
        let missing = Set(expected).subtracting(reported).sorted()
        try check(missing.isEmpty, "every point of common address \(commonAddress)", came: "none of \(missing)")
        let repeated = Dictionary(grouping: reported) { $0 }.filter { $1.count > 1 }.keys.sorted()
        try check(repeated.isEmpty, "every point once", came: "\(repeated) more than once")
        let unknown = Set(reported).subtracting(expected).sorted()
        try check(unknown.isEmpty, "only declared points", came: "\(unknown)")
    }

    /// All that an interrogation has asked for has to carry its originator address.
    func checkOriginator(_ answer: Interrogated) throws {
        let data = answer.data(cause: 20)
        try check(!data.isEmpty, "data with cause 20", came: FrameText.of(answer.frames))
        let others = data.filter { $0.originator != answer.request.originator }
        try check(
            others.isEmpty, "originator address \(answer.request.originator) in all data", came: FrameText.of(others))
    }

    /// What becomes of a request that comes while another one is being answered: `queue`, `restart` or `refuse`. The
    /// first is held up by a closed window.
    func second(_ second: RawRequest, while first: RawRequest) async throws -> String {
        let connection = try await start()
        try await connection.holdAcknowledgements()
        try await connection.send(first, second)
        var frames = try await connection.frames(for: .milliseconds(300))
        try await connection.acknowledgeAll()
        frames += try await connection.answers(after: frames, to: [first.type, second.type])
        let replies = ReplyCount(frames, to: [first.type, second.type])
        if replies.isRefused { return "refuse" }
        try check(
            replies.confirmed == 2 && (1...2).contains(replies.terminated),
            "two confirmations, and terminations for what wasn't cut short", came: FrameText.of(replies.frames))
        return replies.terminated == 2 ? "queue" : "restart"
    }

    /// What the station does with an ASDU whose octets don't fit: `close`, `discard`, `refuse` or `accept`.
    func unfitting(_ asdu: [UInt8], mayAccept: Bool) async throws -> String {
        let connection = try await start()
        let type = asdu.first ?? 0
        let reaction = try await connection.reaction(
            to: [.asdu(asdu)], answer: FramePattern("an answer") { $0.type == type }, before: harmless)
        if reaction.isClosed { return "close" }
        let answers = reaction.frames.filter { $0.type == type }
        if answers.isEmpty { return "discard" }
        if answers.allSatisfy({ $0.isNegative }) { return "refuse" }
        try check(mayAccept, "nothing executed", came: FrameText.of(answers))
        // What goes on is part of the answer.
        _ = try await connection.frames(for: .milliseconds(500))
        return "accept"
    }

    /// A connection with data transfer started, from an address whose last one has just ended. A station that starts
    /// anew may refuse for a while.
    func connectAgain(from localAddress: String?) async throws -> ProbeConnection {
        let connection = try await connectWhenFree(from: localAddress)
        try await connection.startTransfer()
        return connection
    }

    /// A connection that the station keeps; tried again and again for a while.
    func connectWhenFree(from localAddress: String? = nil) async throws -> ProbeConnection {
        let deadline = NIODeadline.now() + .seconds(20)
        while true {
            do {
                let connection = try await connect(from: localAddress)
                // A station without a free place closes at once.
                try await connection.expectNone(.anything, for: .milliseconds(100))
                return connection
            } catch let stop as CaseStop where NIODeadline.now() >= deadline {
                throw stop
            } catch is CaseStop {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// End of initialization once for each common address with one of these causes, before anything else that comes after
    /// STARTDT con.
    func expectInitialized(_ connection: ProbeConnection, _ causes: Set<UInt8>) async throws {
        try await connection.send(harmless)
        let frames = try await connection.frames(until: harmlessAnswer, within: pace.prompt * 3)
        let initialized = frames.filter { $0.type == 70 }
        let addresses = initialized.compactMap(\.commonAddress).sorted()
        try check(
            addresses == profile.commonAddresses, "end of initialization of \(profile.commonAddresses)",
            came: FrameText.of(frames))
        try check(
            initialized.allSatisfy { $0.cause == 4 && causes.contains($0.asdu.last ?? 0xFF) },
            "cause 4 and COI \(causes.sorted())", came: FrameText.of(initialized))
        let first = frames.first(where: \.isInformation)
        try check(first?.type == 70, "end of initialization before other data", came: FrameText.of(frames))
    }
}

/// What has come of two interrogations.
private struct ReplyCount {
    let frames: [ProbeFrame]
    let confirmed: Int
    let refused: Int
    let terminated: Int

    init(_ frames: [ProbeFrame], to types: Set<UInt8>) {
        self.frames = frames.filter { $0.type.map(types.contains) ?? false }
        confirmed = self.frames.count { $0.cause == 7 && !$0.isNegative }
        refused = self.frames.count { $0.cause == 7 && $0.isNegative }
        terminated = self.frames.count { $0.cause == 10 }
    }

    /// The second was refused, the first has come to its end.
    var isRefused: Bool { refused == 1 && confirmed == 1 && terminated == 1 }
    /// Nothing more has to come.
    var isComplete: Bool { isRefused || terminated >= 2 }
}

extension ProbeConnection {
    /// What comes until two interrogations are answered, or until no answer has come for twice the prompt time.
    fileprivate func answers(after begin: [ProbeFrame], to types: Set<UInt8>) async throws -> [ProbeFrame] {
        let end = NIODeadline.now() + pace.interrogation * 2
        var idle = NIODeadline.now() + pace.prompt * 2
        var frames: [ProbeFrame] = []
        while !ReplyCount(begin + frames, to: types).isComplete,
            case .frame(let frame) = try await next(until: min(end, idle))
        {
            frames.append(frame)
            if FramePattern.reply.matches(frame) { idle = .now() + pace.prompt * 2 }
        }
        // Nor may there be a third.
        return frames + (try await self.frames(for: .milliseconds(300)))
    }

    /// Sends a request and waits for its positive confirmation.
    ///
    /// - Parameter mirrored: false if the confirmation may carry something else.
    func confirmed(_ request: RawRequest, mirrored: Bool = true) async throws {
        try await send(request)
        if mirrored {
            try await expect(.confirmation(of: request))
        } else {
            let frame = try await expect(.anyAnswer(to: request))
            guard frame.cause == 7, !frame.isNegative else {
                throw CaseStop.failed(expected: "a positive confirmation", came: FrameText.of(frame))
            }
        }
    }

    /// Sends a request that has to come back with P/N and this cause.
    func refused(_ request: RawRequest, cause: UInt8) async throws {
        try await send(request)
        try await expect(.answer(to: request, cause: cause, isNegative: true))
    }

    /// Sends a broadcast interrogation and receives everything until all that was confirmed is terminated and a second
    /// of silence has passed.
    func broadcastInterrogated(_ request: RawRequest) async throws -> [ProbeFrame] {
        try await send(request)
        var frames: [ProbeFrame] = []
        let end = NIODeadline.now() + pace.interrogation
        var last = NIODeadline.now()
        while true {
            let replies = frames.filter { $0.type == request.type }
            let isComplete =
                !replies.isEmpty && replies.count { $0.cause == 7 } <= replies.count { $0.cause == 10 }
            let wait = isComplete ? Duration.seconds(1) : pace.prompt * 2
            guard case .frame(let frame) = try await next(until: min(end, last + wait)) else {
                guard isComplete else {
                    throw CaseStop.failed(
                        expected: "a termination for each confirmation", came: FrameText.of(replies, then: "no more"))
                }
                return frames
            }
            frames.append(frame)
            if FramePattern.reply.matches(frame) { last = frame.time }
        }
    }
}
