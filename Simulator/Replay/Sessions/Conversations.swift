/// The TCP connections of a capture.
///
/// At most 4096 are followed at the same time; the quarter that has been silent longest gives way to new ones, and is
/// taken for finished. All together hold at most 64 MiB of data that something is missing before; a connection that
/// would hold more passes on what it has.
package struct Conversations {
    private struct Key: Hashable {
        let first, second: Endpoint
    }

    private static let connectionLimit = 4096
    private static let octetLimit = 1 << 26

    private let port: UInt16?
    private var conversations: [Key: Conversation] = [:]
    private var heldOctets = 0
    /// TCP connections so far.
    package private(set) var count = 0

    /// - Parameter port: the only port that counts; nil recognizes connections by port 2404 and by what they carry.
    package init(port: UInt16? = nil) {
        self.port = port
    }

    /// Takes the next segment of the capture.
    package mutating func receive(
        _ segment: TCPSegment, frame: Int, time: CaptureTime, into traffic: inout [TrafficEvent]
    ) {
        let side: Side = segment.source < segment.destination ? .first : .second
        let key = Key(
            first: min(segment.source, segment.destination), second: max(segment.source, segment.destination))
        var conversation = conversations.removeValue(forKey: key)
        if var ended = conversation, ended.isReopened(by: segment, from: side) {
            heldOctets -= ended.heldOctets
            ended.finish(into: &traffic)
            conversation = nil
        }
        var current: Conversation
        if let conversation {
            current = conversation
        } else {
            makeRoom(into: &traffic)
            current = Conversation(
                index: count, first: key.first, second: key.second, port: port, frame: frame, time: time)
            count += 1
        }
        heldOctets -= current.heldOctets
        current.receive(segment, from: side, frame: frame, time: time, into: &traffic)
        if heldOctets + current.heldOctets > Self.octetLimit { current.flush(into: &traffic) }
        heldOctets += current.heldOctets
        conversations[key] = current
    }

    /// The capture has ended.
    package mutating func finish(into traffic: inout [TrafficEvent]) {
        for var conversation in conversations.values.sorted(by: { $0.index < $1.index }) {
            conversation.finish(into: &traffic)
        }
        conversations = [:]
        heldOctets = 0
    }

    private mutating func makeRoom(into traffic: inout [TrafficEvent]) {
        guard conversations.count >= Self.connectionLimit else { return }
        let oldest = conversations.sorted { $0.value.latest.frame < $1.value.latest.frame }
        for (key, conversation) in oldest.prefix(Self.connectionLimit / 4) {
            var conversation = conversation
            heldOctets -= conversation.heldOctets
            conversation.finish(into: &traffic)
            conversations[key] = nil
        }
    }
}
