/// How long a soak run takes, and what happens in it.
package struct SoakOptions: Sendable {
    /// For how long updates are written and faults happen.
    package var duration = Duration.seconds(900)
    /// Decides which faults happen, when, and for how long; printed, so that a run can be repeated. What the faults meet
    /// is up to the machine.
    package var seed: UInt64
    /// Updates a second.
    package var rate = 300.0
    /// The pause between the recovery from a fault and the next one, at most; at least a fifth of it.
    package var pause = Duration.seconds(8)
    /// How long a master may take to receive what is written after a fault.
    package var recoveryLimit = Duration.seconds(60)

    package init(seed: UInt64) {
        self.seed = seed
    }
}
