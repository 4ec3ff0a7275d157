import IEC104Model
import Replay

/// What a stateful replay has shown.
package struct ReplayReport: ComparisonReport {
    /// Answers of one type.
    package struct TypeCount: Hashable, Sendable {
        package var answers = 0
        package var differences = 0
    }

    /// The capture, and the station it was replayed against.
    package let file: String
    package let target: String
    /// Packets read.
    package var packets = 0
    /// Why the capture wasn't read to its end; nil if it was.
    package var fault: CaptureFault?
    /// The connection that was replayed; nil before it was found.
    package var stream: Int?
    /// Other connections of the capture that had something to replay.
    package var otherStreams: Set<Int> = []
    /// Requests sent.
    package var requests = 0
    /// Requests left out, by type: how many, and the packet of the first.
    package private(set) var leftOut: [TypeIdentification: (count: Int, firstFrame: Int)] = [:]
    /// Requests that make no sense, and weren't sent.
    package var malformed = 0
    /// Recorded answers to requests that weren't sent: left out, or not in the capture.
    package var answersLeftOut = 0
    /// Values that came unasked: spontaneous, periodic. Not compared.
    package var unasked = 0
    /// True if the recording began in the middle, so that data transfer was started without one.
    package var startedUnasked = false
    /// Answers that were compared.
    package private(set) var types: [TypeIdentification: TypeCount] = [:]
    private(set) var log = DifferenceLog()

    package init(file: String, target: String) {
        self.file = file
        self.target = target
    }

    /// Answers that were compared.
    package var compared: Int { types.values.reduce(0) { $0 + $1.answers } }
    /// All differences.
    package var total: Int { log.total }
    /// The first 1000 of them.
    package var differences: [Difference] { log.kept }

    mutating func leaveOut(_ request: RecordedRequest) {
        leftOut[request.type, default: (0, request.frame)].count += 1
    }

    mutating func willCompare(_ type: TypeIdentification) {
        types[type, default: TypeCount()].answers += 1
    }

    mutating func add(_ kind: DifferenceKind, _ answer: Answer, frame: Int, _ what: String) {
        add(
            Difference(
                kind: kind, address: answer.key.address, type: answer.type, frame: frame,
                message: "recorded \(answer.text), \(what)"))
    }

    mutating func add(_ difference: Difference) {
        if let type = difference.type { types[type, default: TypeCount()].differences += 1 }
        log.add(difference)
    }
}
