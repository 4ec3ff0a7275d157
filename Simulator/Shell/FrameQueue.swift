import ControllingStation
import Synchronization

/// Frames on their way from the connections to the display, in order. The event loop must not wait for a slow terminal:
/// what is too much is counted instead of kept.
final class FrameQueue: Sendable {
    private struct State {
        var frames: [ObservedFrame] = []
        var dropped = 0
    }

    /// Frames that wait at most.
    private static let capacity = 10_000

    private let state = Mutex(State())
    private let signal: AsyncStream<Void>.Continuation
    /// Has an element when there are frames.
    let arrivals: AsyncStream<Void>

    init() {
        (arrivals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func append(_ frame: ObservedFrame) {
        state.withLock { state in
            if state.frames.count < Self.capacity { state.frames.append(frame) } else { state.dropped += 1 }
        }
        signal.yield()
    }

    /// Takes all that wait, and how many had no place behind them.
    func takeAll() -> (frames: [ObservedFrame], dropped: Int) {
        state.withLock { state in
            defer { state = State() }
            return (state.frames, state.dropped)
        }
    }
}
