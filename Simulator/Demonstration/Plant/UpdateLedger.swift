import ControllingStation
import IEC104Model
import NIOCore

/// Compares what came out with what was fed in: every update of a point exactly once, in order, unchanged.
package struct UpdateLedger: Sendable {
    /// Differences that are kept as texts; more are only counted.
    package static let keptDifferences = 100

    private let names: [PointAddress: String]
    private var expected: [PointAddress: CircularBuffer<PlantUpdate>] = [:]
    private var lastMatched: [PointAddress: PlantUpdate] = [:]
    private var image: [PointAddress: PlantUpdate] = [:]
    /// Updates fed in.
    package private(set) var sent = 0
    /// Updates that have come out, whatever they said.
    package private(set) var received = 0
    /// Updates fed in that haven't come out.
    package private(set) var outstanding = 0
    /// The first differences, for people.
    package private(set) var differences: [String] = []
    /// All differences.
    package private(set) var differenceCount = 0

    /// - Parameters:
    ///   - image: what the points say before anything is fed in.
    ///   - names: for the texts of differences.
    package init(image: [PlantUpdate], names: [PointAddress: String] = [:]) {
        self.names = names
        for update in image { self.image[update.address] = update }
    }

    /// An update is about to be fed in.
    package mutating func willSend(_ update: PlantUpdate) {
        sent += 1
        outstanding += 1
        image[update.address] = update
        expected[update.address, default: CircularBuffer()].append(update)
    }

    /// Something was received. Only live updates count: answers to interrogations are compared as a whole.
    package mutating func take(_ asdu: ReceivedASDU) {
        if case .failure(let fault) = asdu.content { note("a malformed ASDU was received: \(fault)") }
        for point in asdu.points where !Self.isInterrogated(point.cause) { take(point) }
    }

    private mutating func take(_ point: ReportedPoint) {
        received += 1
        var waiting = expected[point.address] ?? CircularBuffer()
        guard let first = waiting.first else {
            let isRepeated = lastMatched[point.address].map { Self.difference(point, $0) == nil } ?? false
            return note(
                isRepeated ? "received twice" : "received, but not expected", point.address, "\(Self.text(point))")
        }
        // A match further on tells that updates are missing; no match at all, that the next one was changed.
        let index = waiting.firstIndex { Self.difference(point, $0) == nil } ?? waiting.startIndex
        for update in waiting[waiting.startIndex..<index] {
            note("not received in its turn", point.address, Self.text(update))
        }
        if index == waiting.startIndex, let difference = Self.difference(point, first) {
            note(difference, point.address, "fed \(Self.text(first)), received \(Self.text(point))")
        }
        let count = waiting.distance(from: waiting.startIndex, to: index) + 1
        lastMatched[point.address] = waiting[index]
        waiting.removeFirst(count)
        outstanding -= count
        expected[point.address] = waiting
    }

    /// Nothing more will come: what is outstanding is missing.
    package mutating func close() {
        for (address, waiting) in expected.sorted(by: { $0.key < $1.key }) {
            for update in waiting { note("never received", address, Self.text(update)) }
        }
        expected.removeAll()
        outstanding = 0
    }

    /// Compares the answers to a general interrogation and a counter interrogation with what the points say now.
    package mutating func compare(_ answers: [InterrogationAnswer]) {
        var missing = image
        for point in answers.flatMap(\.points) {
            guard let update = missing.removeValue(forKey: point.address) else {
                note(
                    image[point.address] == nil ? "interrogated, but not fed in" : "interrogated twice", point.address,
                    Self.text(point))
                continue
            }
            if point.type != update.type.withoutTimeTag {
                note("wrong type in interrogation", point.address, "\(point.type) for \(update.type)")
            } else if let difference = Self.valueDifference(point, update) {
                note(
                    "\(difference) in interrogation", point.address,
                    "fed \(Self.text(update)), received \(Self.text(point))")
            }
        }
        for (address, update) in missing.sorted(by: { $0.key < $1.key }) {
            note("missing in interrogation", address, Self.text(update))
        }
    }

    // MARK: Telling differences

    private static func isInterrogated(_ cause: CauseOfTransmission) -> Bool { (20...41).contains(cause.rawValue) }

    /// Nil if the point says exactly what was fed in.
    private static func difference(_ point: ReportedPoint, _ update: PlantUpdate) -> String? {
        if point.type != update.type { return "wrong type" }
        if let difference = valueDifference(point, update) { return difference }
        if point.cause != update.cause { return "wrong cause" }
        if point.information?.time != update.information.time { return "wrong time tag" }
        return nil
    }

    private static func valueDifference(_ point: ReportedPoint, _ update: PlantUpdate) -> String? {
        guard let information = point.information else { return "no value" }
        if information.value != update.information.value { return "wrong value" }
        return information.quality == update.information.quality ? nil : "wrong quality"
    }

    private mutating func note(_ what: String, _ address: PointAddress, _ text: String) {
        note("\(address)\(names[address].map { " \($0)" } ?? ""): \(what): \(text)")
    }

    private mutating func note(_ difference: String) {
        differenceCount += 1
        if differences.count < Self.keptDifferences { differences.append(difference) }
    }

    private static func text(_ update: PlantUpdate) -> String {
        text(update.type, update.information, update.cause)
    }

    private static func text(_ point: ReportedPoint) -> String {
        text(point.type, point.information, point.cause)
    }

    private static func text(
        _ type: TypeIdentification, _ information: ProcessInformation?, _ cause: CauseOfTransmission
    ) -> String {
        guard let information else { return "\(type)" }
        let quality = information.quality.abbreviations
        return [
            "\(type)", "\(information.value)", quality.isEmpty ? "good" : quality.joined(separator: " "),
            information.time?.description ?? "", "\(cause)",
        ].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
