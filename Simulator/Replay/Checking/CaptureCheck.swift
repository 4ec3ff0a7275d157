/// Checks what the stations of a capture did.
package struct CaptureCheck {
    private let parameters: CheckParameters
    private var sessions: [Int: SessionCheck] = [:]

    package init(_ parameters: CheckParameters) {
        self.parameters = parameters
    }

    /// Takes a packet that makes no sense, and tells what is wrong with it; nothing if only the capture has cut it.
    package func take(_ fault: MalformedPacket, in packet: CapturedPacket) -> [Finding] {
        guard !fault.isCut(packet) else { return [] }
        return [
            Finding(
                rule: .malformedPacket, stream: nil, direction: nil, frame: packet.frame, time: packet.time,
                message: "\(fault)")
        ]
    }

    /// Takes the next event of the capture, and tells what is wrong with it.
    package mutating func take(_ event: TrafficEvent) -> [Finding] {
        let stream = event.stream
        if case .finished = event.content {
            var session = sessions.removeValue(forKey: stream.index)
            return session?.take(event) ?? []
        }
        return sessions[stream.index, default: SessionCheck(stream, parameters)].take(event)
    }
}
