import IEC104Model
import Presentation

/// One set of documents for a connector.
package struct ServingRound: Sendable {
    private struct Point {
        let type: TypeIdentification
        let groups: [Int]
        var counterGroup: Int?
    }

    private var points: [PointAddress: Point] = [:]
    private var timeTags: Bool?

    /// True if interrogation answers keep their time tags.
    package var keepsTimeTags: Bool { timeTags ?? false }
    /// Points served.
    package var count: Int { points.count }

    /// The type that a point is served with; nil if it isn't served.
    package func type(of address: PointAddress) -> TypeIdentification? { points[address]?.type }

    /// Serves the point in this form as well. False, with nothing changed, if that contradicts what is served already.
    mutating func take(_ address: PointAddress, _ form: ServingForm, groups: [Int]) -> Bool {
        if let timeTags, let wanted = form.timeTags, wanted != timeTags { return false }
        var point = points[address] ?? Point(type: form.type, groups: groups)
        guard point.type == form.type else { return false }
        if let group = form.counterGroup {
            guard point.counterGroup ?? group == group else { return false }
            point.counterGroup = group
        }
        points[address] = point
        timeTags = timeTags ?? form.timeTags
        return true
    }

    /// The document `connectors:{ID}:mapping`, a point on each line.
    package var mapping: String {
        let lines = points.sorted { $0.key < $1.key }.map { address, point in
            var object = JSONObject()
            object.add("casdu", .integer(Int64(address.commonAddress.rawValue)))
            object.add("ioa", .integer(Int64(address.informationObjectAddress.rawValue)))
            object.add("type", .integer(Int64(point.type.rawValue)))
            if !point.groups.isEmpty { object.add("groups", numbers: point.groups) }
            if let group = point.counterGroup { object.add("counterGroup", .integer(Int64(group))) }
            return object.line
        }
        return "{ \"points\": [\n\(lines.joined(separator: ",\n"))\n] }\n"
    }

    /// The document `connectors:{ID}:config`.
    ///
    /// - Parameter host: where to listen; nil leaves the network settings out.
    package func configuration(host: String? = nil) -> String {
        var object = JSONObject()
        if let host {
            var network = JSONObject()
            network.add("host", .text(host))
            object.add("network", network)
        }
        var interrogation = JSONObject()
        interrogation.add("timeTags", .bool(keepsTimeTags))
        object.add("interrogation", interrogation)
        return object.line
    }
}
