import IEC104Model

/// Something that didn't come out as it was recorded.
package struct Difference: Hashable, Sendable {
    package let kind: DifferenceKind
    /// Nil for what isn't about a point.
    package let address: PointAddress?
    /// The type it was recorded with; nil for what wasn't.
    package let type: TypeIdentification?
    /// The packet that holds what was recorded; nil for what wasn't.
    package let frame: Int?
    /// What was recorded, and what came.
    package let message: String

    /// One line for people.
    package var line: String {
        (frame.map { "frame \($0)  " } ?? "") + (address.map { "\($0)  " } ?? "") + "\(kind.rawValue): \(message)"
    }
}
