/// Something that a station did against the standard, as far as the capture tells.
package struct Finding: Hashable, Sendable {
    package let rule: Rule
    /// The connection; nil for a packet that can't be read so far.
    package let stream: TrafficStream?
    /// Which way the frame went; nil with the connection.
    package let direction: Direction?
    /// The frame that shows it: the one that is wrong, or the one that isn't answered.
    package let frame: Int
    /// When that frame was captured.
    package let time: CaptureTime
    /// What was expected, and what came.
    package let message: String

    package init(
        rule: Rule, stream: TrafficStream?, direction: Direction?, frame: Int, time: CaptureTime, message: String
    ) {
        self.rule = rule
        self.stream = stream
        self.direction = direction
        self.frame = frame
        self.time = time
        self.message = message
    }
}
