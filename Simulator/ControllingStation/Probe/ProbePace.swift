/// How long whoever judges by a probe waits.
package struct ProbePace: Hashable, Sendable {
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
}
