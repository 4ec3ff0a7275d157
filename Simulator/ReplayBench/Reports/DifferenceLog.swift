import IEC104Model
import Presentation
import Replay

/// Differences: the first 1000 are kept, all are counted.
struct DifferenceLog: Sendable {
    private static let limit = 1000

    /// The first ones.
    private(set) var kept: [Difference] = []
    /// How many there are, by kind.
    private(set) var counts: [DifferenceKind: Int] = [:]

    /// All of them, those not kept too.
    var total: Int { counts.values.reduce(0, +) }

    mutating func add(_ difference: Difference) {
        counts[difference.kind, default: 0] += 1
        if kept.count < Self.limit { kept.append(difference) }
    }

    /// Lines for people.
    var lines: [String] {
        kept.map(\.line) + (total > kept.count ? ["and \(total - kept.count) more differences"] : [])
    }

    /// Adds them to a report: `kinds`, how many of each there are, and `differences`.
    func add(to json: inout JSONObject) {
        json.add("kinds", JSONObject.fields(DifferenceKind.allCases.map { ($0.rawValue, counts[$0] ?? 0) }))
        json.add("differences", kept.map(Self.json))
    }

    private static func json(_ difference: Difference) -> JSONObject {
        var json = JSONObject()
        json.add("kind", .text(difference.kind.rawValue))
        json.add("frame", difference.frame.map { .integer(Int64($0)) } ?? .null)
        json.add("ca", difference.address.map { .integer(Int64($0.commonAddress.rawValue)) } ?? .null)
        json.add("ioa", difference.address.map { .integer(Int64($0.informationObjectAddress.rawValue)) } ?? .null)
        json.add("typeid", difference.type.map { .integer(Int64($0.rawValue)) } ?? .null)
        json.add("message", .text(difference.message))
        return json
    }
}
