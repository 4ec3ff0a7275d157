import IEC104Model

/// Holds back analog changes that are smaller than a width, measured from the value sent last.
struct Deadband {
    /// In the unit of the value as it goes on the wire.
    let width: Double
    private var sent: (value: Double, quality: QualityDescriptor)?

    init(width: Double) {
        self.width = width
    }

    /// Something else was sent: the next value counts, whatever it is.
    mutating func reset() {
        sent = nil
    }

    /// True if the value has to be sent; it is the one to compare with from then on. Another quality always counts.
    mutating func passes(_ information: ProcessInformation) -> Bool {
        guard let value = information.value.analog else { return true }
        if let sent, sent.quality == information.quality, abs(value - sent.value) < width { return false }
        sent = (value, information.quality)
        return true
    }
}

extension ProcessValue {
    /// The number of a measured value; nil for other kinds.
    fileprivate var analog: Double? {
        switch self {
        case .normalized(let value): value.value
        case .scaled(let value): Double(value)
        case .shortFloat(let value): Double(value)
        default: nil
        }
    }
}
