import IEC104Channel
import NIOCore
import Presentation
import Synchronization

/// The frames of one connection that no step has looked at yet, in order, and the end of the connection.
final class FrameInbox: Sendable {
    enum Arrival: Sendable {
        case frame(ReceivedFrame)
        case closed(LinkCloseReason)
    }

    /// Frames that are kept; whoever lets more lie is told.
    static let maximumFrames = 200_000

    /// More frames came than are kept.
    struct Overrun: Error, CustomStringConvertible {
        var description: String { "more than \(FrameInbox.maximumFrames) frames came that no step has asked for" }
    }

    private struct State {
        var frames = CircularBuffer<ReceivedFrame>()
        var isOverrun = false
        var closeReason: LinkCloseReason?
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    // MARK: The connection's side

    func append(_ frame: ReceivedFrame) {
        change { state in
            if state.frames.count < Self.maximumFrames { state.frames.append(frame) } else { state.isOverrun = true }
        }
    }

    /// No more will come.
    func close(_ reason: LinkCloseReason) {
        change { $0.closeReason = reason }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiter = state.withLock { state in
            body(&state)
            return Self.takeWaiter(&state)
        }
        waiter?.resume()
    }

    private static func takeWaiter(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        defer { state.waiter = nil }
        return state.waiter
    }

    // MARK: The scenario's side: one task, one call at a time

    /// Takes the next frame; the end of the connection, again and again, when there are no more. Nil when time is up.
    ///
    /// - Throws: `Overrun`; `CancellationError`.
    func next(until deadline: ContinuousClock.Instant) async throws -> Arrival? {
        while true {
            if let arrival = try take() { return arrival }
            try Task.checkCancellation()
            guard ContinuousClock.now < deadline else { return nil }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.wait() }
                group.addTask { try? await Task.sleep(until: deadline) }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private func take() throws(Overrun) -> Arrival? {
        let (arrival, isOverrun) = state.withLock { state -> (Arrival?, Bool) in
            if state.isOverrun { return (nil, true) }
            if let frame = state.frames.popFirst() { return (.frame(frame), false) }
            return (state.closeReason.map { .closed($0) }, false)
        }
        if isOverrun { throw Overrun() }
        return arrival
    }

    /// Returns when something has changed, or when the task is cancelled.
    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    // Asked under the lock: the cancellation handler looks for the waiter under it.
                    if Task.isCancelled || !state.frames.isEmpty || state.closeReason != nil { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            change { _ in }
        }
    }

    /// Gives frames back that `next` has given, to be given again before all others.
    func putBack(_ frames: [ReceivedFrame]) {
        state.withLock { state in
            for frame in frames.reversed() { state.frames.prepend(frame) }
        }
    }

    /// Forgets frames that belong to a request that is answered.
    func remove(where isAnswer: (ReceivedFrame) -> Bool) {
        state.withLock { $0.frames.removeAll(where: isAnswer) }
    }
}
