/// Where the checks of one connection put what they find.
struct FindingSink {
    let stream: TrafficStream
    private(set) var findings: [Finding] = []

    init(stream: TrafficStream) {
        self.stream = stream
    }

    mutating func add(_ rule: Rule, _ direction: Direction, _ mark: FrameMark, _ message: String) {
        findings.append(
            Finding(
                rule: rule, stream: stream, direction: direction, frame: mark.frame, time: mark.time, message: message))
    }
}
