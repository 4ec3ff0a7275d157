import IEC104Model
import Synchronization

/// Gives each case points that no other case changes meanwhile.
final class PointLease: Sendable {
    private let taken = Mutex<Set<ProfilePoint>>([])

    /// A free point of the type, or of its twin with or without time tag; nil if all are taken.
    func take(_ type: TypeIdentification, exactly: Bool, from points: [ProfilePoint]) -> ProfilePoint? {
        taken.withLock { taken in
            let point = points.first { point in
                point.isPlain && !taken.contains(point)
                    && (exactly ? point.type == type : point.type.withoutTimeTag == type.withoutTimeTag)
            }
            if let point { taken.insert(point) }
            return point
        }
    }

    func giveBack(_ points: [ProfilePoint]) {
        taken.withLock { $0.subtract(points) }
    }
}
