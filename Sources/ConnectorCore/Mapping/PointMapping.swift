import IEC104Model

/// The document `connectors:{ID}:mapping`: which points are served, and how.
package struct PointMapping: Hashable, Sendable {
    /// In the order of the document; addresses are unique.
    package var points: [MappedPoint]

    package init(points: [MappedPoint]) {
        self.points = points
    }

    /// Types that can be monitored.
    package static func isMonitored(_ type: TypeIdentification) -> Bool {
        switch type.rawValue {
        case 1, 3, 5, 7, 9, 11, 13, 15, 20, 21, 30...37: true
        default: false
        }
    }
}
