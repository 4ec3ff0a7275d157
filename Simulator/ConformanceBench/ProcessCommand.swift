import Foundation
import Presentation

/// A command as a connector writes it to its output stream, as far as a process needs it to answer.
struct ProcessCommand: Decodable {
    /// A single command's state or a number.
    enum Value: Decodable {
        case bool(Bool)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let bool = try? container.decode(Bool.self) {
                self = .bool(bool)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }

        /// On or not 0.
        var isOn: Bool {
            switch self {
            case .bool(let bool): bool
            case .number(let number): number != 0
            }
        }
    }

    let casdu: Int
    let ioa: Int
    let type: Int
    var value: Value?
    var select: Bool?

    /// The answer for the input stream.
    ///
    /// - Parameter cause: 7 (confirmation) or 10 (termination).
    func answer(cause: Int, isNegative: Bool = false) -> String {
        var object = JSONObject()
        object.add("casdu", .integer(Int64(casdu)))
        object.add("ioa", .integer(Int64(ioa)))
        object.add("type", .integer(Int64(type)))
        object.add("cot", .integer(Int64(cause)))
        if isNegative { object.add("negative", .bool(true)) }
        return object.line
    }
}
