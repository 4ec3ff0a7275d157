import ControllingStation
import IEC104Model
import NIOCore

/// Steps about commands.
extension CaseRun {
    /// A command point that no other case uses meanwhile, plain but for how it is operated.
    func command(_ type: TypeIdentification, _ operation: ProfileCommand.Operation) async throws -> ProfileCommand {
        try await command { $0.type == type && $0.operation == operation && $0.isPlain }
    }

    /// A direct single command that no other case uses meanwhile, and that the process behind the station may have to
    /// confirm.
    ///
    /// - Parameter what: what it does, for the reason why there is none: "is refused".
    func processCommand(_ what: String, where isWanted: (ProfileCommand) -> Bool) async throws -> ProfileCommand {
        let fitting = profile.commands.filter {
            $0.type == .C_SC_NA_1 && $0.operation == .direct && isWanted($0)
        }
        guard !fitting.isEmpty else {
            throw CaseStop.skipped("the profile has no direct single command that \(what)")
        }
        let usable = fitting.filter { target.process != nil || !$0.isConfirmedByProcess }
        guard !usable.isEmpty else {
            throw CaseStop.skipped(
                "the single command that \(what) is confirmed by the process behind the station, which can only be "
                    + "played through its store (--redis)")
        }
        return try await command(where: usable.contains)
    }

    /// A select-and-execute single command that no other case uses meanwhile; one whose output can be seen if there is
    /// one.
    func selectCommand() async throws -> ProfileCommand {
        let isFitting = { (command: ProfileCommand) in
            command.type == .C_SC_NA_1 && command.operation == .select && command.isPlain
        }
        let isSeen = profile.commands.contains { isFitting($0) && $0.returns != nil }
        return try await command { isFitting($0) && (!isSeen || $0.returns != nil) }
    }

    /// A started connection and a single command that it has selected to switch on.
    func selected() async throws -> (connection: ProbeConnection, command: ProfileCommand) {
        let command = try await selectCommand()
        let connection = try await start()
        try await connection.confirmed(command.request(0x81))
        return (connection, command)
    }

    /// Sends a command and waits for its positive confirmation, its termination and its return information, as far as
    /// they are declared.
    ///
    /// - Parameter before: what the command moves; asked for if nil.
    /// - Returns: all that came.
    @discardableResult
    func execute(
        _ request: RawRequest, of command: ProfileCommand, on connection: ProbeConnection,
        from before: CommandOutput? = nil
    ) async throws -> [ProbeFrame] {
        let output: CommandOutput =
            if let before { before } else { try await output(of: command, on: connection) }
        let point = output.point
        // What doesn't change needn't be reported.
        var isReported = output.isReached(command, request.element)
        if isReported, let point { note("\(point.commonAddress)/\(point.objectAddress) is in that state already") }
        try await connection.send(request)
        var frames = try await connection.frames(until: .anyAnswer(to: request))
        let confirmation = FramePattern.confirmation(of: request)
        try check(
            frames.last.map(confirmation.matches) == true, "a positive confirmation that mirrors the command",
            came: FrameText.of(frames.suffix(1)))
        let isSetPoint = (48...50).contains(command.type.rawValue)
        let isTerminated = isSetPoint ? profile.supports(.setPointTermination) == true : command.type != .C_BO_NA_1
        let termination = FramePattern.termination(of: request)
        var isOver = !isTerminated
        if let point {
            // It may have come before the confirmation.
            for frame in frames where try checkReturn(frame, point, of: command, request.element) { isReported = true }
        }
        let deadline = NIODeadline.now() + pace.prompt
        while !isOver || !isReported {
            let missing =
                (isOver ? [] : [termination.text]) + (isReported ? [] : ["return information with what was commanded"])
            let next = FramePattern(missing.joined(separator: " and ")) { frame in
                termination.matches(frame) || confirmation.matches(frame)
                    || point.map { FramePattern.point($0).matches(frame) } == true
            }
            let more = try await connection.frames(until: next, within: (deadline - .now()).duration)
            frames += more
            guard let frame = more.last else { break }
            try check(!confirmation.matches(frame), "one confirmation", came: "another one: \(FrameText.of(frame))")
            if termination.matches(frame) { isOver = true }
            if let point, try checkReturn(frame, point, of: command, request.element) { isReported = true }
        }
        guard let point else { return frames }
        // What comes behind a termination mustn't say otherwise either.
        let more = try await connection.frames(for: .milliseconds(200))
        for frame in more { _ = try checkReturn(frame, point, of: command, request.element) }
        return frames + more
    }

    /// The command must be answered negatively, and nothing may follow.
    func expectRefused(_ request: RawRequest, on connection: ProbeConnection) async throws {
        try await connection.send(request)
        let answer = try await connection.expect(.anyAnswer(to: request))
        try check(
            FramePattern.refusal(of: request).matches(answer), "a negative confirmation", came: FrameText.of(answer))
        try await connection.expectNone(.anyAnswer(to: request), for: .milliseconds(300))
    }

    /// What becomes of several commands; their different outcomes joined.
    func outcomes(of requests: [RawRequest], on connection: ProbeConnection) async throws -> String {
        var outcomes: Set<String> = []
        for request in requests { outcomes.insert(try await connection.outcome(of: request)) }
        return outcomes.sorted().joined(separator: ", ")
    }
}

extension ProbeConnection {
    /// What becomes of a command: `executed` (confirmed), `refused` or `silent`.
    func outcome(of request: RawRequest) async throws -> String {
        try await send(request)
        let answers = FramePattern.anyAnswer(to: request)
        let deadline = NIODeadline.now() + pace.prompt
        while true {
            switch try await next(until: deadline) {
            case .frame(let frame) where answers.matches(frame) && frame.cause != 10:
                return frame.isNegative ? "refused" : "executed"
            case .frame: continue
            case .nothing: return "silent"
            case .closed:
                throw CaseStop.failed(expected: "an answer or nothing", came: "the end of connection \(label)")
            }
        }
    }

    /// What becomes of a cancellation: `confirmed` or `refused`.
    func cancellation(of request: RawRequest) async throws -> String {
        let cancel = request.with { $0.cause = 8 }
        try await send(cancel)
        let answer = try await expect(.anyAnswer(to: cancel))
        guard [9, 45].contains(answer.cause) else {
            throw CaseStop.failed(expected: "cause 9", came: FrameText.of(answer))
        }
        return answer.isNegative ? "refused" : "confirmed"
    }
}

extension ProfileCommand {
    /// The command with an element of one octet.
    func request(_ octet: UInt8) -> RawRequest { request([octet]) }

    func request(_ element: [UInt8]) -> RawRequest {
        RawRequest(type.rawValue, ca: commonAddress, ioa: objectAddress, element)
    }

    /// The command with a value of its own type.
    var exampleRequest: RawRequest { request(CommandElements.examples.first { $0.0 == type }?.1 ?? []) }
}

extension RawRequest {
    /// The command with time tag, UTC.
    ///
    /// - Parameter offset: how far from now.
    func timeTagged(_ offset: Duration = .zero) -> RawRequest {
        let moment = WallClock.milliseconds() + Int64(offset / .milliseconds(1))
        var buffer = ByteBuffer()
        CP56Time2a(millisecondsSince1970: moment).encode(into: &buffer)
        let time = Array(buffer.readableBytesView)
        return with {
            $0.type += 13
            $0.element += time
        }
    }
}

/// Elements of commands, one for each type.
enum CommandElements {
    static let examples: [(TypeIdentification, [UInt8])] = [
        (.C_SC_NA_1, [1]), (.C_DC_NA_1, [2]), (.C_RC_NA_1, [2]), (.C_SE_NA_1, [0, 0x40, 0]),
        (.C_SE_NB_1, [1, 0, 0]), (.C_SE_NC_1, [0, 0, 0xC0, 0x3F, 0]), (.C_BO_NA_1, [0x78, 0x56, 0x34, 0x12]),
    ]
}
