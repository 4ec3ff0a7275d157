/// How long a case waits.
package struct Pace: Hashable, Sendable {
    /// The guard time for what has to come promptly.
    package var prompt = Duration.seconds(2)
    /// How long nothing has to come.
    package var silence = Duration.seconds(2)
    /// How much earlier than its nominal time a timer may run out.
    package var early = Duration.milliseconds(100)
    /// How much later.
    package var late = Duration.seconds(1)
    /// How long a whole interrogation may take.
    package var interrogation = Duration.seconds(30)

    package init() {}

    /// Between which bounds a timer may run out unless a profile says otherwise, for the timing of cases.
    static let timerTolerance = "-\(Pace().early) to +\(Pace().late)"
}
