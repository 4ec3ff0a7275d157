/// Tells a rate from a count that grows.
package struct RateMeter: Sendable {
    /// Over how long the rate is taken, in milliseconds.
    private static let window: Int64 = 2000

    private var samples: [(time: Int64, count: Int)] = []

    /// A meter that has seen nothing.
    package init() {}

    /// Notes the count and tells how much it has grown per second lately, `12.5`.
    ///
    /// - Parameter time: in milliseconds.
    package mutating func rate(count: Int, at time: Int64) -> String {
        samples.append((time, count))
        while samples.count > 2, samples[1].time <= time - Self.window { samples.removeFirst() }
        guard let first = samples.first, time > first.time else { return "0.0" }
        let tenths = Int64(count - first.count) * 10_000 / (time - first.time)
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
