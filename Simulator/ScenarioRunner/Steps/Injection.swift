import Foundation
import IEC104Model

/// What is written to the store, as another connector would write it.
struct Injection: Sendable {
    /// Where it is written.
    enum Place: String, CaseIterable, Sendable {
        case stream
        case image
        /// First the image, then the stream.
        case both
    }

    let address: PointAddress
    let place: Place
    /// The other fields of the data point document, as JSON texts by name.
    let fields: [(name: String, json: String)]
    /// Injects one document for each of these, instead of the value among the fields.
    let values: ClosedRange<Int>?

    /// The JSON texts, in order.
    var documents: [String] {
        guard let values else { return [document(fields)] }
        return values.map { document(fields + [("value", String($0))]) }
    }

    private func document(_ fields: [(name: String, json: String)]) -> String {
        let all =
            [("casdu", "\(address.commonAddress)"), ("ioa", "\(address.informationObjectAddress)")]
            + fields.map { ($0.name, $0.json) }
        return "{" + all.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// A number, true, false, or else a text.
    static func json(_ text: String) -> String {
        if text == "true" || text == "false" { return text }
        if let integer = Int(text) { return String(integer) }
        if let number = Double(text), number.isFinite { return String(number) }
        return quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        let data = try? JSONEncoder().encode(text)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
