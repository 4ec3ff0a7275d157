import NIOConcurrencyHelpers
import NIOCore

/// How far the input stream has been delivered, for those who have to wait for a place in it.
final class StreamProgress: Sendable {
    private struct Waiter {
        let id: StreamID
        let promise: EventLoopPromise<Void>
    }

    private struct State {
        var position = StreamID.zero
        var waiters: [Waiter] = []
    }

    /// An entry that was deleted is never delivered; waiting for it must end all the same.
    private static let patience = TimeAmount.seconds(1)

    private let state = NIOLockedValueBox(State())

    var position: StreamID { state.withLockedValue { $0.position } }

    /// Everything up to `id` has been delivered. Also sets the place where reading begins.
    func reached(_ id: StreamID) {
        let satisfied = state.withLockedValue { state in
            state.position = id
            let satisfied = state.waiters.filter { $0.id <= id }
            state.waiters.removeAll { $0.id <= id }
            return satisfied
        }
        for waiter in satisfied { waiter.promise.succeed(()) }
    }

    /// Returns when everything up to `id` has been delivered, or when that is taking too long.
    func wait(for id: StreamID, on eventLoop: any EventLoop) async {
        let promise = eventLoop.makePromise(of: Void.self)
        let isReached = state.withLockedValue { state in
            guard state.position < id else { return true }
            state.waiters.append(Waiter(id: id, promise: promise))
            return false
        }
        guard !isReached else { return promise.succeed(()) }
        let timeout = eventLoop.scheduleTask(in: Self.patience) { self.reached(max(id, self.position)) }
        try? await promise.futureResult.get()
        timeout.cancel()
    }
}
