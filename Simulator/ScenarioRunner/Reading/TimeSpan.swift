/// Lengths of time as a scenario writes them: `5 s`, `500 ms`, `2 min`, or a number of seconds.
enum TimeSpan {
    /// A day: longer than any bound that makes sense.
    private static let maximum = 86_400.0

    /// Nil for a text that is no length of time, or longer than a day.
    static func duration(_ text: String) -> Duration? {
        let number = text.prefix { $0.isNumber || $0 == "." }
        let factors = ["": 1.0, "s": 1, "ms": 0.001, "min": 60]
        let unit = text.dropFirst(number.count).drop { $0 == " " }
        guard let value = Double(number), let factor = factors[String(unit)], value * factor <= maximum else {
            return nil
        }
        return .seconds(value * factor)
    }

    /// `2.5 s`, to the millisecond.
    static func text(_ duration: Duration) -> String {
        let milliseconds = Int((duration / .milliseconds(1)).rounded())
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        guard rest != 0 else { return "\(seconds) s" }
        var digits = String(String(1000 + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(seconds).\(digits) s"
    }
}
