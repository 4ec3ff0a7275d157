/// What the stations of a capture were configured with, in seconds and frames; here the standard's defaults.
package struct CheckParameters: Hashable, Sendable {
    package var k = 12
    package var w = 8
    package var t1 = 15.0
    package var t2 = 10.0
    package var t3 = 20.0

    /// How much longer things may take between the stations and the place where the traffic was captured.
    static let grace = 1.0
    /// How long a confirmation, or the termination of an interrogation, may take.
    static let patience = 60.0

    package init() {}
}
