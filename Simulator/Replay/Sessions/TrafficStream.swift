/// A TCP connection that carries IEC 60870-5-104.
package struct TrafficStream: Hashable, Sendable {
    /// Counts the TCP connections of the capture, from 0, those with other traffic too.
    package let index: Int
    package let controlling: Endpoint
    package let controlled: Endpoint
    /// True if the capture holds the beginning of the connection.
    package let isFromBeginning: Bool

    package init(index: Int, controlling: Endpoint, controlled: Endpoint, isFromBeginning: Bool) {
        self.index = index
        self.controlling = controlling
        self.controlled = controlled
        self.isFromBeginning = isFromBeginning
    }

    /// Who sends in a direction.
    package func source(_ direction: Direction) -> Endpoint { direction == .control ? controlling : controlled }

    /// Who receives in a direction.
    package func destination(_ direction: Direction) -> Endpoint { direction == .control ? controlled : controlling }
}

/// Which way something goes.
package enum Direction: Hashable, Sendable, CaseIterable {
    /// From the controlling station to the controlled one.
    case control
    /// From the controlled station to the controlling one.
    case monitor

    package var other: Direction { self == .control ? .monitor : .control }

    /// `c2s` (client to server: control direction) or `s2c`, as the golden decodes call them.
    package var text: String { self == .control ? "c2s" : "s2c" }
}
