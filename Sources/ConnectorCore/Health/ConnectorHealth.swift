import DataStore
import IEC104Station
import Logging
import NIOConcurrencyHelpers

/// How it stands with the connector: what is known is noted here, whoever shows it is woken up.
final class ConnectorHealth: Sendable {
    private struct State {
        var conditions = ConnectorConditions()
        var since = StationClock.now()
        var network = ConnectorConfiguration.Network()
        var reconnects: UInt64 = 0
        var entries: UInt64 = 0
        var missing: UInt64 = 0
    }

    /// A copy of everything at one moment.
    struct Report: Sendable {
        var state = ConnectorState.starting
        var message = ""
        /// When `state` was entered, in milliseconds since 1970 UTC.
        var since: Int64 = 0
        var network = ConnectorConfiguration.Network()
        /// Connections to the store after the first.
        var reconnects: UInt64 = 0
        /// Entries read from the input stream.
        var entries: UInt64 = 0
        /// Entries that were removed from it before they were read, as far as that is known.
        var missing: UInt64 = 0
    }

    /// Wakes up whoever shows health. Several changes before it looks are one.
    let changes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let logger: Logger
    private let state = NIOLockedValueBox(State())

    init(logger: Logger) {
        self.logger = logger
        (changes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Something that health shows has changed.
    func changed() {
        continuation.yield()
    }

    /// Notes conditions, and logs the state if it is another one now.
    func note(_ update: (inout ConnectorConditions) -> Void) {
        let transition = state.withLockedValue { state -> (ConnectorState, ConnectorState, String)? in
            let before = state.conditions
            update(&state.conditions)
            guard before.state != state.conditions.state else { return nil }
            state.since = StationClock.now()
            return (before.state, state.conditions.state, state.conditions.message)
        }
        if let (before, now, message) = transition {
            let level: Logger.Level = now == .error ? .error : .info
            var metadata: Logger.Metadata = ["state": "\(now.rawValue)", "before": "\(before.rawValue)"]
            if !message.isEmpty { metadata["reason"] = "\(message)" }
            logger.log(level: level, "state changed", metadata: metadata)
        }
        changed()
    }

    /// Notes a condition that is mostly what it was.
    ///
    /// - Parameter fault: what is wrong; nil if nothing is.
    /// - Returns: true if that is news.
    @discardableResult
    func note(_ condition: WritableKeyPath<ConnectorConditions, String?>, _ fault: String?) -> Bool {
        guard state.withLockedValue({ $0.conditions[keyPath: condition] != fault }) else { return false }
        note { $0[keyPath: condition] = fault }
        return true
    }

    /// True if something is wrong.
    func isNoted(_ condition: WritableKeyPath<ConnectorConditions, String?>) -> Bool {
        state.withLockedValue { $0.conditions[keyPath: condition] != nil }
    }

    func serves(_ network: ConnectorConfiguration.Network) {
        state.withLockedValue { $0.network = network }
        changed()
    }

    /// Counts connections to the store after the first.
    func storeReconnected() {
        state.withLockedValue { $0.reconnects += 1 }
    }

    /// Counts entries read from the input stream.
    func received(entries: Int) {
        state.withLockedValue { $0.entries += UInt64(entries) }
    }

    /// Counts entries that were removed from the input stream before they were read.
    func missed(entries: Int) {
        state.withLockedValue { $0.missing += UInt64(entries) }
        changed()
    }

    var report: Report {
        state.withLockedValue {
            Report(
                state: $0.conditions.state, message: $0.conditions.message, since: $0.since, network: $0.network,
                reconnects: $0.reconnects, entries: $0.entries, missing: $0.missing)
        }
    }
}
