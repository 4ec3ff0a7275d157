import IEC104Model
import Replay

/// What a capture shows of all its points, and how a connector has to be set up to show the same.
///
/// A mapping gives each point one type. Where the capture shows a point with several, further rounds with other mappings
/// serve the others: each recorded object belongs to exactly one round.
package struct PointSurvey: Sendable {
    private var profiles: [PointAddress: PointProfile] = [:]
    private var assignments: [PointAddress: [ServingForm: Int]] = [:]
    /// Why the capture wasn't read to its end; nil if it was.
    package private(set) var fault: CaptureFault?
    /// What each round serves; empty before `plan`.
    package private(set) var rounds: [ServingRound] = []

    package init() {}

    /// Surveys a capture, to where it breaks off if it does.
    ///
    /// - Parameter onPacket: told of what each packet brings.
    /// - Throws: `CaptureFault` if it can't be opened.
    package init(
        file: String, port: UInt16?, onPacket: (borrowing MonitoredTraffic, [MonitoredItem]) -> Void = { _, _ in }
    ) throws(CaptureFault) {
        var traffic = try MonitoredTraffic(path: file, port: port)
        while let items = traffic.next() {
            for case .object(let object) in items { add(object) }
            onPacket(traffic, items)
        }
        fault = traffic.fault
        plan()
    }

    /// Points seen.
    package var count: Int { profiles.count }

    /// Takes the next object of the capture.
    package mutating func add(_ object: RecordedObject) {
        profiles[object.address, default: PointProfile()].add(object)
    }

    /// Makes the rounds, once all objects are known.
    package mutating func plan() {
        rounds = []
        for (address, profile) in profiles.sorted(by: { $0.key < $1.key }) {
            for form in profile.forms {
                var index = 0
                while index < rounds.count, !rounds[index].take(address, form, groups: profile.groups) { index += 1 }
                if index == rounds.count {
                    var round = ServingRound()
                    _ = round.take(address, form, groups: profile.groups)
                    rounds.append(round)
                }
                assignments[address, default: [:]][form] = index
            }
        }
    }

    /// The index of the round that an object belongs to; nil for a point that was never added.
    package func round(of object: RecordedObject) -> Int? {
        guard let profile = profiles[object.address] else { return nil }
        return assignments[object.address]?[profile.form(of: object)]
    }
}
