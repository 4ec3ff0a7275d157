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

    /// - Parameter zone: an IANA name.
    init(zone: String = "UTC") {
        state = NIOLockedValueBox(State(clock: StationClock(zone: zone)))
    }

    /// Makes time tags.
    var current: StationClock {
        get { state.withLockedValue { $0.clock } }
        set { state.withLockedValue { $0.clock = newValue } }
    }

    /// Milliseconds since 1970 UTC.
    func now() -> Int64 {
        StationClock.now() + state.withLockedValue { $0.offset }
    }

    /// Takes a time over.
    ///
    /// - Returns: what it is ahead of the host's, in milliseconds; nil for a time that doesn't exist.
    func synchronize(to time: CP56Time2a) -> Int64? {
        state.withLockedValue { state in
            guard let milliseconds = state.clock.millisecondsSince1970(time) else { return nil }
            state.offset = milliseconds - StationClock.now()
            return state.offset
        }
    }

    /// Goes back to the host's time.
    func forgetSynchronization() {
        state.withLockedValue { $0.offset = 0 }
    }
}
