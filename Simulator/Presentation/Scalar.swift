/// A value as JSON knows it.
package enum Scalar: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Written with as few digits as tell it from every other short floating point number.
    case float(Float)
    /// Written with as few digits as tell it from every other number.
    case number(Double)
    case text(String)
}

extension Scalar: CustomStringConvertible {
    /// For people: texts without quotation marks.
    package var description: String {
        switch self {
        case .null: "-"
        case .bool(let bool): bool ? "on" : "off"
        case .integer(let integer): String(integer)
        case .float(let float): String(describing: float)
        case .number(let number): String(describing: number)
        case .text(let text): text
        }
    }
}
