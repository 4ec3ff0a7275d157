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

    package init() {}
}
