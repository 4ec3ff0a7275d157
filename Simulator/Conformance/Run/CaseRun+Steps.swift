import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// Steps that several cases share.
extension CaseRun {
    /// How long what the station has sent before it took a request may be under way.
    private static let underWay = Duration.milliseconds(200)

    /// Makes the station send so many I frames that stay unacknowledged, k at most. Everything sent to it is acknowledged
    /// then, too.
    ///
    /// - Returns: the frames, oldest first.
    @discardableResult
    package func unacknowledged(_ count: Int, _ connection: ProbeConnection) async throws -> [ProbeFrame] {
        try await connection.holdAcknowledgements()
        var frames: [ProbeFrame] = []
        for _ in 0..<count {
            try await connection.send(harmless)
            frames.append(try await connection.expect(.information))
        }
        // Events may have taken the place of answers, which then acknowledge nothing.
        let sent = try await connection.sendState
        if try await connection.acknowledgedByStation != sent {
            try await connection.expect(.acknowledges(sent), within: t2 + pace.late)
        }
        return frames
    }

    /// Asks a connection to stop, and receives what was under way.
    package func askToStop(_ connection: ProbeConnection) async throws -> [ProbeFrame] {
        try await connection.send(.stopDataTransferActivation)
        return try await connection.frames(for: Self.underWay)
    }

    /// A connection that was asked to stop while I frames of the station are unacknowledged, and what came since.
    package func pendingStop() async throws -> (connection: ProbeConnection, frames: [ProbeFrame]) {
        let connection = try await start()
        // A station whose k isn't known may have k = 1.
        try await unacknowledged(profile.link == nil ? 1 : min(3, k), connection)
        return (connection, try await askToStop(connection))
    }

    /// STOPDT act must stay unconfirmed, and no more data may come.
    package func expectPending(_ connection: ProbeConnection, _ frames: [ProbeFrame]) async throws {
        let confirmation = FramePattern.function(.stopDataTransferConfirmation)
        try check(!frames.contains(where: confirmation.matches), confirmation.absence, came: FrameText.of(frames))
        try await connection.expectNone(confirmation.or(.information), for: pace.silence / 2)
    }

    /// The N(S) of these frames have to go on without a gap from a number.
    package func checkNumbers(_ frames: [ProbeFrame], from first: Int) throws {
        for (offset, frame) in frames.filter(\.isInformation).enumerated() {
            let number = (first + offset) & 0x7FFF
            try check(frame.sendNumber == number, "N(S) = \(number), going on", came: FrameText.of(frame))
        }
    }

    /// Sends so many harmless requests and receives their answers. The N(S) of all that comes must go on without a gap.
    package func exchange(_ count: Int, _ connection: ProbeConnection) async throws {
        var number = try await settle(connection).sendNumber ?? 0
        var left = count
        while left > 0 {
            let batch = min(left, 256)
            try await connection.send(Array(repeating: .request(harmless), count: batch))
            for _ in 0..<batch {
                let frames = try await connection.frames(until: harmlessAnswer, within: .seconds(10))
                try checkNumbers(frames, from: number + 1)
                number = frames.last?.sendNumber ?? number
            }
            left -= batch
        }
    }

    /// The station has to close for an N(R) ahead of what it has sent.
    ///
    /// - Parameter send: sends such a number.
    package func expectCloseAhead(
        _ send: (_ connection: ProbeConnection, _ number: Int) async throws -> Void
    ) async throws {
        for _ in 0..<5 {
            let connection = try await start()
            let last = try await connection.receiveState
            try await send(connection, last + 1)
            let frames = try await connection.frames(for: pace.prompt)
            let answers = frames.filter(FramePattern.reply.matches)
            try check(answers.isEmpty, "a close without an answer", came: FrameText.of(answers))
            if await connection.isClosed { return }
            // An event that was under way has made the number right.
            try check(
                frames.contains { $0.sendNumber == last }, "a close", came: FrameText.of(frames, then: "no close"))
            await connection.close()
        }
        throw CaseStop.inconclusive("the station sent events all the time")
    }

    /// What the station does with octets that make no APDU, followed by a TESTFR act: `close`, `skip`, or, where that
    /// is allowed, `answer`.
    package func malformed(
        _ variants: [[UInt8]], isStarted: Bool = false, mayAnswer: Bool = false
    ) async throws -> String {
        var answers: Set<String> = []
        for octets in variants {
            let connection = try await (isStarted ? start() : connect())
            try await connection.send(.raw(octets), .function(.testFrameActivation))
            answers.insert(try await malformed(connection, mayAnswer: mayAnswer))
            await connection.close()
        }
        return answers.sorted().joined(separator: ", ")
    }

    private func malformed(_ connection: ProbeConnection, mayAnswer: Bool) async throws -> String {
        var frames: [ProbeFrame] = []
        var deadline = NIODeadline.now() + pace.prompt
        var isClosed = false
        while !isClosed {
            let event = try await connection.next(until: deadline)
            if case .closed = event { isClosed = true }
            guard case .frame(let frame) = event else { break }
            if frame.isSpontaneous { continue }
            frames.append(frame)
            deadline = .now() + .milliseconds(500)
        }
        let confirmations = frames.count { $0.isFunction(.testFrameConfirmation) }
        let others = frames.filter { !$0.isFunction(.testFrameConfirmation) && !$0.isFunction(.testFrameActivation) }
        try check(others.isEmpty, "nothing but TESTFR con or a close", came: FrameText.of(others))
        if isClosed, confirmations == 0 { return "close" }
        try check(!isClosed, "a close without an answer", came: FrameText.of(frames))
        if confirmations == 2, mayAnswer { return "answer" }
        try check(confirmations < 2, "one TESTFR con at most", came: FrameText.of(frames))
        if confirmations == 0 { try await connection.expectAlive() }
        return "skip"
    }

    /// Sends 1 MiB that means nothing, as far as the station takes it.
    package func sendNoise(seed: UInt64, startsData: Bool) async throws {
        let connection = try await connect()
        if startsData { try await connection.send(.startDataTransferActivation) }
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<64 {
            if await connection.isClosed { break }
            let octets = (0..<16_384).map { _ in
                // xorshift64: the same octets in every run.
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                return UInt8(truncatingIfNeeded: state)
            }
            try await connection.send(.raw(octets))
        }
        // The station may have closed.
        _ = try await connection.frames(for: .zero)
        await connection.close()
    }

    /// Nothing listens at a place.
    package func expectRefusal(_ place: TestTarget) async throws {
        let log = FrameLog()
        do {
            let connection = try await ProbeConnection.connect(
                host: place.host, port: place.port, label: "-", log: log, pace: pace,
                options: .init(localAddress: place.localAddress?()))
            await connection.close()
        } catch {
            return
        }
        throw CaseStop.failed(expected: "port \(place.port) refuses", came: "a connection")
    }
}

extension ProbeFrame {
    /// What the frame says of a point, in order.
    package func values(of point: ProfilePoint) -> [ProcessValue] {
        points.filter { $0.address == point.address }.compactMap(\.information?.value)
    }
}

extension ProbeConnection {
    /// The next so many values of a point.
    package func values(of point: ProfilePoint, _ count: Int, within limit: Duration? = nil) async throws
        -> [ProcessValue]
    {
        try await reports(of: point, count, within: limit).compactMap(\.information?.value)
    }

    /// The next so many reports of a point; everything else is passed over.
    package func reports(of point: ProfilePoint, _ count: Int, within limit: Duration? = nil) async throws
        -> [ReportedPoint]
    {
        var reports: [ReportedPoint] = []
        while reports.count < count {
            let frame = try await expect(.point(point), within: limit)
            reports += frame.points.filter { $0.address == point.address }
        }
        return reports
    }
}
