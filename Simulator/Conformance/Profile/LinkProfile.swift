import IEC104Link

/// The link parameters that a station declares.
package struct LinkProfile: Hashable, Sendable {
    /// Seconds.
    package var t1 = 15
    /// Seconds.
    package var t2 = 10
    /// Seconds.
    package var t3 = 20
    /// I frames.
    package var k = 12
    /// I frames.
    package var w = 8

    package init(t1: Int = 15, t2: Int = 10, t3: Int = 20, k: Int = 12, w: Int = 8) {
        self.t1 = t1
        self.t2 = t2
        self.t3 = t3
        self.k = k
        self.w = w
    }

    /// Timers as short as they can be and still be told apart: for test runs.
    package static let fast = LinkProfile(t1: 3, t2: 1, t3: 2, k: 6, w: 3)
}
