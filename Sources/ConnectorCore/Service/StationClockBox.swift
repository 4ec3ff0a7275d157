import IEC104Model
import NIOConcurrencyHelpers

/// The time of the station: the host's, or what a controlling station has set it to, in the zone of the configuration in
/// force.
final class StationClockBox: Sendable {
    private struct State {
        var clock: StationClock
        /// What the station's time is ahead of the host's, in milliseconds.
        var offset: Int64 = 0
    }

    private let state: NIOLockedValueBox<State>
    private let hostTime: @Sendable () -> Int64

    /// - Parameters:
    ///   - zone: an IANA name.
    ///   - hostTime: the host's clock, in milliseconds since 1970 UTC.
    init(zone: String = "UTC", hostTime: @escaping @Sendable () -> Int64 = { StationClock.now() }) {
        state = NIOLockedValueBox(State(clock: StationClock(zone: zone)))
        self.hostTime = hostTime
    }

    /// Makes time tags.
    var current: StationClock {
        get { state.withLockedValue { $0.clock } }
        set { state.withLockedValue { $0.clock = newValue } }
    }

    /// Milliseconds since 1970 UTC.
    func now() -> Int64 {
        hostTime() + state.withLockedValue { $0.offset }
    }

    /// Takes a time over.
    ///
    /// - Returns: what it is ahead of the host's, in milliseconds; nil for a time that doesn't exist.
    func synchronize(to time: CP56Time2a) -> Int64? {
        state.withLockedValue { state in
            guard let milliseconds = state.clock.millisecondsSince1970(time) else { return nil }
            state.offset = milliseconds - hostTime()
            return state.offset
        }
    }

    /// Goes back to the host's time.
    func forgetSynchronization() {
        state.withLockedValue { $0.offset = 0 }
    }
}
