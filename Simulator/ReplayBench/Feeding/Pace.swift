/// How fast recorded traffic is played.
package enum Pace: Hashable, Sendable {
    /// As fast as the other end takes it.
    case maximum
    /// So many times as fast as it was recorded; above 0.
    case times(Double)

    /// `max`, or a number above 0 such as `1`, `0.5` or `60`. Nil for other texts.
    package init?(_ text: String) {
        if text == "max" {
            self = .maximum
        } else if let number = Double(text), number > 0, number <= 1e6 {
            self = .times(number)
        } else {
            return nil
        }
    }
}
