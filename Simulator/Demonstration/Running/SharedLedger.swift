import Synchronization

/// A ledger that the feeder and the receiver share.
final class SharedLedger: Sendable {
    private let state: Mutex<UpdateLedger>

    init(_ ledger: UpdateLedger) {
        state = Mutex(ledger)
    }

    /// The ledger as it is now.
    var value: UpdateLedger { state.withLock { $0 } }

    func update<Result: Sendable>(_ body: (inout sending UpdateLedger) -> sending Result) -> Result {
        state.withLock(body)
    }
}
