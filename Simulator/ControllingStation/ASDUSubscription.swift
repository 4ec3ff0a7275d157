import NIOCore
import Synchronization

/// Everything a connection receives from the moment of subscribing on, in order and complete.
///
/// A subscriber that falls behind isn't skipped: once `highWatermark` ASDUs wait, the connection stops reading from its
/// socket until no more than `lowWatermark` are left. What had been read by then still comes in on top, at most one
/// fill of the socket's buffers. The controlled station then fills its window of k and stops too. Both ends still obey
/// their timers, so that a subscriber that stands still for longer than t1 of the station, or t3 + t1 of this end, loses
/// the connection.
///
/// As an `AsyncSequence` it ends when the connection has ended and everything was taken, or when the task is cancelled.
/// Several loops may follow one another on the same subscription; what one leaves, the next one gets.
package final class ASDUSubscription: Sendable, AsyncSequence {
    package typealias Element = ReceivedASDU
    package typealias Failure = Never

    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<ReceivedASDU?, Never>
    }

    private struct State {
        var queue = CircularBuffer<ReceivedASDU>()
        var waiters: [Waiter] = []
        var nextWaiter: UInt64 = 0
        var isPaused = false
        var hasEnded = false
        var onChange: (@Sendable () -> Void)?
    }

    /// ASDUs that wait when reading stops.
    package let highWatermark: Int
    /// ASDUs that still wait when reading goes on.
    package let lowWatermark: Int
    private let state: Mutex<State>

    /// - Parameter onChange: told, on any thread, when `isPaused` has become false, and when the subscription is gone.
    init(highWatermark: Int, lowWatermark: Int, onChange: @escaping @Sendable () -> Void) {
        self.highWatermark = Swift.max(highWatermark, 1)
        self.lowWatermark = Swift.min(Swift.max(lowWatermark, 0), self.highWatermark - 1)
        state = Mutex(State(onChange: onChange))
    }

    deinit {
        // Nobody else has a reference any more: the closure is called without the lock being contended.
        state.withLock { $0.onChange }?()
    }

    /// ASDUs that wait to be taken.
    package var count: Int { state.withLock { $0.queue.count } }

    /// True while the connection doesn't read because of this subscription.
    package var isPaused: Bool { state.withLock { $0.isPaused } }

    /// The next ASDU; nil when there will be none, or when the task is cancelled: nothing is lost then.
    package func next() async -> ReceivedASDU? {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                take(Waiter(id: id, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// The next ASDU; nil when there will be none, when none comes in time, or when the task is cancelled: nothing is lost
    /// then.
    package func next(until deadline: ContinuousClock.Instant) async -> ReceivedASDU? {
        await withTaskGroup(of: ReceivedASDU?.self) { group in
            group.addTask { await self.next() }
            group.addTask {
                try? await Task.sleep(until: deadline)
                return nil
            }
            var next: ReceivedASDU?
            // Both are heard, because one may have been taken in the moment in which time was up.
            for await result in group {
                if let result { next = result }
                group.cancelAll()
            }
            return next
        }
    }

    private func take(_ waiter: Waiter) {
        enum Outcome {
            case waits
            case gets(ReceivedASDU?, resumed: (@Sendable () -> Void)?)
        }
        let outcome: Outcome = state.withLock { state in
            // Asked under the lock, because the cancellation handler looks for the waiter under it: one of the two sees
            // the other.
            if Task.isCancelled { return .gets(nil, resumed: nil) }
            guard let first = state.queue.popFirst() else {
                if state.hasEnded { return .gets(nil, resumed: nil) }
                state.waiters.append(waiter)
                return .waits
            }
            guard state.isPaused, state.queue.count <= lowWatermark else { return .gets(first, resumed: nil) }
            state.isPaused = false
            return .gets(first, resumed: state.onChange)
        }
        guard case .gets(let asdu, let resumed) = outcome else { return }
        resumed?()
        waiter.continuation.resume(returning: asdu)
    }

    private func cancel(_ id: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: nil)
    }

    // MARK: The connection's side

    /// Takes an ASDU. Returns true if reading has to stop.
    func append(_ asdu: ReceivedASDU) -> Bool {
        let (waiter, isPaused) = state.withLock { state -> (Waiter?, Bool) in
            if !state.waiters.isEmpty { return (state.waiters.removeFirst(), false) }
            state.queue.append(asdu)
            if state.queue.count >= highWatermark { state.isPaused = true }
            return (nil, state.isPaused)
        }
        waiter?.continuation.resume(returning: asdu)
        return isPaused
    }

    /// No more will come.
    func end() {
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.waiters.removeAll() }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: nil) }
    }

    // MARK: AsyncSequence

    package struct Iterator: AsyncIteratorProtocol {
        let subscription: ASDUSubscription

        package mutating func next() async -> ReceivedASDU? {
            await subscription.next()
        }

        package mutating func next(isolation _: isolated (any Actor)?) async -> ReceivedASDU? {
            await subscription.next()
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(subscription: self)
    }
}
