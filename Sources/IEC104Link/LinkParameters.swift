import NIOCore

/// The parameters of a link (IEC 60870-5-104, 9.6); the values here are the standard's defaults.
package struct LinkParameters: Hashable, Sendable {
    /// Time-out of connection establishment, used by the controlling station; 1...255 s.
    package var t0 = TimeAmount.seconds(30)
    /// Time-out of an acknowledgement; 1...255 s.
    package var t1 = TimeAmount.seconds(15)
    /// Longest time until received information is acknowledged; 1...255 s, below t1.
    package var t2 = TimeAmount.seconds(10)
    /// Silence after which the line is tested; 1 s...48 h.
    package var t3 = TimeAmount.seconds(20)
    /// I frames that may be sent without acknowledgement; 1...32 767.
    package var k = 12
    /// I frames received after which an acknowledgement is due at the latest; 1...32 767, at most k.
    package var w = 8

    /// The defaults.
    package init() {}

    /// Seconds and counts as a configuration gives them.
    package init(t0: Int = 30, t1: Int = 15, t2: Int = 10, t3: Int = 20, k: Int = 12, w: Int = 8) {
        self.t0 = .seconds(Int64(t0))
        self.t1 = .seconds(Int64(t1))
        self.t2 = .seconds(Int64(t2))
        self.t3 = .seconds(Int64(t3))
        self.k = k
        self.w = w
    }
}
