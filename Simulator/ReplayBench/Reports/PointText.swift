import IEC104Model
import Presentation

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
