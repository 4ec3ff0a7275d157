import IEC104Model
import Presentation

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

/// What a point says, in one line for people.
enum PointText {
    static func text(_ object: RecordedObject) -> String {
        text(object.type, object.information, object.cause)
    }

    static func text(
        _ type: TypeIdentification, _ information: ProcessInformation?, _ cause: CauseOfTransmission
    ) -> String {
        guard let information else { return "\(type)" }
        let quality = information.quality.abbreviations
        return [
            "\(type)", ObjectReading(information).text, quality.isEmpty ? "good" : quality.joined(separator: " "),
            information.time?.description ?? "", "\(cause)",
        ].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
