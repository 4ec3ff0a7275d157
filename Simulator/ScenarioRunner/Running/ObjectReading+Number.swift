import Presentation

extension ObjectReading {
    /// The value as a number; nil for what isn't one.
    var numericValue: Double? {
        switch value {
        case .integer(let integer): Double(integer)
        case .float(let float): Double(float)
        case .number(let number): number
        default: nil
        }
    }
}
