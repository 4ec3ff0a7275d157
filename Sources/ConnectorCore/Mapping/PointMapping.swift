import IEC104Model

/// The document `connectors:{ID}:mapping`: which points are served, and how.
package struct PointMapping: Hashable, Sendable {
    /// In the order of the document; addresses are unique.
    package var points: [MappedPoint]

    package init(points: [MappedPoint]) {
        self.points = points
    }

    /// `120 points monitored, 8 commands, common addresses 1, 2`.
    package var summary: String {
        let commands = points.count { $0.type.isCommand }
        let monitored = points.count - commands
        let addresses = Set(points.map(\.address.commonAddress)).sorted()
        let shown =
            addresses.prefix(8).map(\.description).joined(separator: ", ") + (addresses.count > 8 ? ", ..." : "")
        return "\(monitored) point\(monitored == 1 ? "" : "s") monitored, "
            + "\(commands) command\(commands == 1 ? "" : "s"), "
            + "common address\(addresses.count == 1 ? "" : "es") \(shown.isEmpty ? "none" : shown)"
    }

    /// Types that can be monitored.
    package static func isMonitored(_ type: TypeIdentification) -> Bool {
        switch type.rawValue {
        case 1, 3, 5, 7, 9, 11, 13, 15, 20, 21, 30...37: true
        default: false
        }
    }
}
