import NIOConcurrencyHelpers

/// The clock of the configuration in force.
final class StationClockBox: Sendable {
    private let clock = NIOLockedValueBox(StationClock(zone: "UTC"))

    var current: StationClock {
        get { clock.withLockedValue { $0 } }
        set { clock.withLockedValue { $0 = newValue } }
    }
}
