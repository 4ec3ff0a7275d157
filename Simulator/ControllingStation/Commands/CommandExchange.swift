import IEC104Model
import NIOCore

/// Sends commands on a connection and tells what comes of them, one step after the other.
package struct CommandExchange: Sendable {
    /// Told what happens while it happens. Nothing is received meanwhile.
    package typealias Observer = (CommandEvent) async -> Void

    private let connection: ControllingConnection
    private let subscription: ASDUSubscription

    /// Sees what `connection` receives from now on.
    package init(_ connection: ControllingConnection) async {
        self.connection = connection
        subscription = await connection.subscribe()
    }

    /// Sends the request of a step and waits for what is due: its confirmation, and the termination of an execution.
    ///
    /// Only `execute` changes anything; a selection that isn't used ends with the connection at the latest.
    ///
    /// - Parameters:
    ///   - time: makes it one of the types 58...64.
    ///   - timeout: how long all of the answer may take.
    ///   - awaitsTermination: false if an execution is over with its confirmation.
    /// - Throws: `ConnectionFault`; `CancellationError`, and then it may have been carried out or not.
    package func perform(
        _ step: CommandStep, of command: Command, time: CP56Time2a? = nil, timeout: Duration,
        awaitsTermination: Bool = true, onEvent: Observer = { _ in }
    ) async throws -> CommandOutcome {
        let request = command.asdu(step, time: time)
        var answer = CommandAnswer(step, request: request, awaitsTermination: awaitsTermination)
        let deadline = ContinuousClock.now + timeout
        let sent = CommandEvent(.sent, request, at: WallClock.milliseconds())
        try await connection.send(request)
        await onEvent(sent)
        while answer.outcome == nil, let received = try await next(until: deadline) {
            if let event = answer.take(received) { await onEvent(event) }
        }
        return answer.outcomeInSilence
    }

    /// Waits for return information, which may come long after the command is over.
    ///
    /// - Throws: `ConnectionFault.closed`; `CancellationError`.
    package func watchReturnInformation(for time: Duration, onEvent: Observer) async throws {
        let deadline = ContinuousClock.now + time
        while let received = try await next(until: deadline) {
            guard let asdu = received.asdu, asdu.isReturnInformation else { continue }
            await onEvent(CommandEvent(.returnInformation, asdu, at: received.millisecondsSince1970))
        }
    }

    /// Nil when time is up, however much of other things comes.
    private func next(until deadline: ContinuousClock.Instant) async throws -> ReceivedASDU? {
        if let received = await subscription.next(until: deadline) {
            let age = Duration.nanoseconds((NIODeadline.now() - received.time).nanoseconds)
            return ContinuousClock.now - age <= deadline ? received : nil
        }
        try Task.checkCancellation()
        if let reason = await connection.closeReason { throw ConnectionFault.closed(reason) }
        return nil
    }
}
