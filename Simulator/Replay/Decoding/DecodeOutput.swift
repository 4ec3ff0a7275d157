/// A form in which the traffic of a capture is written.
package protocol DecodeOutput {
    /// The lines for an event, without line ends.
    mutating func lines(for event: TrafficEvent) -> [String]
    /// The lines for a packet that makes no sense.
    mutating func lines(for fault: MalformedPacket, in packet: CapturedPacket) -> [String]
}
