import IEC104Model
import Replay

/// What a round trip has shown: what came out as recorded, what didn't, and what couldn't.
package struct RoundtripReport: ComparisonReport {
    /// Of one type.
    package struct TypeCount: Hashable, Sendable {
        /// Objects recorded as events that came out as such, and those that didn't.
        package var events = 0
        /// Objects recorded as answers to interrogations that were answered so, and those that weren't.
        package var answers = 0
        /// Differences.
        package var differences = 0
    }

    /// What stayed behind for one reason.
    package struct Left: Hashable, Sendable {
        package var count = 0
        /// The packet of the first.
        package let firstFrame: Int
    }

    /// The capture.
    package let file: String
    /// Packets read.
    package var packets = 0
    /// Points that the capture shows.
    package var points = 0
    /// How many connectors it took, one after the other, because of points with several types.
    package var rounds = 0
    /// Why the capture wasn't read to its end; nil if it was.
    package var fault: CaptureFault?
    /// Places where the capture lacks octets.
    package private(set) var gaps = 0
    /// What was compared, by type.
    package private(set) var types: [TypeIdentification: TypeCount] = [:]
    /// What couldn't come out.
    package private(set) var excluded: [Exclusion: Left] = [:]
    /// What came out but for something that no document can say.
    package private(set) var conceded: [Concession: Left] = [:]
    private(set) var log = DifferenceLog()

    package init(file: String) {
        self.file = file
    }

    /// Objects that were expected to come out as recorded.
    package var compared: Int { types.values.reduce(0) { $0 + $1.events + $1.answers } }
    /// All differences, those not kept too.
    package var total: Int { log.total }
    /// The first 1000 of them.
    package var differences: [Difference] { log.kept }

    /// Takes what the reading of the capture has brought, but for the objects.
    mutating func count(_ item: MonitoredItem) {
        switch item {
        case .object: break
        case .excluded(let exclusion, let frame, let count): add(exclusion, frame: frame, count: count)
        case .gap: gaps += 1
        }
    }

    /// Something couldn't come out.
    mutating func add(_ exclusion: Exclusion, frame: Int, count: Int = 1) {
        excluded[exclusion, default: Left(firstFrame: frame)].count += count
    }

    /// An object is about to be fed and compared.
    mutating func willCompare(_ object: RecordedObject) {
        if object.isInterrogated {
            types[object.type, default: TypeCount()].answers += 1
        } else {
            types[object.type, default: TypeCount()].events += 1
        }
        for concession in ExpectedInformation(object.information).concessions {
            conceded[concession, default: Left(firstFrame: object.frame)].count += 1
        }
    }

    /// An object didn't come out as recorded.
    mutating func add(_ kind: DifferenceKind, _ object: RecordedObject, _ what: String) {
        types[object.type, default: TypeCount()].differences += 1
        add(
            Difference(
                kind: kind, address: object.address, type: object.type, frame: object.frame,
                message: "recorded \(PointText.text(object)), \(what)"))
    }

    /// Something came out that wasn't recorded, or not at all.
    mutating func add(_ difference: Difference) {
        log.add(difference)
    }

    /// Something came out that makes no sense.
    mutating func addMalformed(_ message: String) {
        add(
            Difference(
                kind: .unexpected, address: nil, type: nil, frame: nil,
                message: "a malformed ASDU was received: \(message)"))
    }
}
