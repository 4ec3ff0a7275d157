import NIOCore

/// Times of a scenario, for people.
enum ScenarioClock {
    /// Seconds with milliseconds, `12.345`, eight characters at least.
    static func text(_ time: TimeAmount) -> String {
        let milliseconds = max(0, time.nanoseconds) / 1_000_000
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let text = "\(seconds).\(String(1000 + rest).dropFirst())"
        return String(repeating: " ", count: max(0, 8 - text.count)) + text
    }
}
