import IEC104Model

/// A point of the plant: what it is called, and what it says at the moment.
struct PlantPoint: Sendable {
    let address: PointAddress
    let type: TypeIdentification
    /// For people.
    let name: String
    let signal: PlantSignal
    /// Why its updates are sent.
    let cause: CauseOfTransmission
    /// What it says.
    private(set) var value: ProcessValue
    private(set) var quality = QualityDescriptor.good
    /// The value of a measurement as the documents write it.
    private var number = 0.0
    /// Where a switch is going.
    private var isClosing = false

    init(
        _ address: PointAddress, _ type: TypeIdentification, _ name: String, _ signal: PlantSignal,
        cause: CauseOfTransmission = .spontaneous
    ) {
        self.address = address
        self.type = type
        self.name = name
        self.signal = signal
        self.cause = cause
        switch signal {
        case .measured(let range, let decimals):
            number = Self.rounded((range.lowerBound + range.upperBound) / 2, decimals)
            value = .shortFloat(Float(number))
        case .fraction: value = .normalized(NormalizedValue(rawValue: 16_384))
        case .scaled(let range): value = .scaled(range.lowerBound)
        case .switching: value = .doublePoint(.on)
        case .alarm: value = .singlePoint(false)
        case .tap: value = .stepPosition(0, transient: false)
        case .counter: value = .integratedTotals(BinaryCounterReading(value: 1000))
        case .bits: value = .bitstring(0)
        }
    }

    /// What the documents say as `value`, in the words of a producer that knows the process and not the protocol.
    var written: Double? { if case .measured = signal { number } else { nil } }

    /// Goes on to the next value, and now and then to another quality.
    mutating func advance(using random: inout some RandomNumberGenerator) {
        switch value {
        case .shortFloat: advanceMeasured(&random)
        case .normalized(let old):
            let step = Int.random(in: -1500...1500, using: &random)
            value = .normalized(NormalizedValue(rawValue: Int16(min(max(Int(old.rawValue) + step, -32_768), 32_767))))
        case .scaled(let old):
            guard case .scaled(let range) = signal else { break }
            let next = Int(old) + Int.random(in: -9...9, using: &random)
            value = .scaled(Int16(min(max(next, Int(range.lowerBound)), Int(range.upperBound))))
        case .doublePoint(let state):
            switch state {
            case .on: (value, isClosing) = (.doublePoint(.intermediate), false)
            case .off: (value, isClosing) = (.doublePoint(.intermediate), true)
            default: value = .doublePoint(isClosing ? .on : .off)
            }
        case .singlePoint(let isOn): value = .singlePoint(!isOn)
        case .stepPosition(let position, let isMoving): advanceTap(position, isMoving, &random)
        case .integratedTotals(let reading):
            value = .integratedTotals(
                BinaryCounterReading(value: reading.value &+ Int32.random(in: 1...25, using: &random)))
        case .bitstring(let bits):
            guard case .bits(let count) = signal, count > 0 else { break }
            value = .bitstring(bits ^ 1 << UInt32.random(in: 0..<UInt32(count), using: &random))
        case .packedSinglePoints: break
        }
        // A counter has no quality but IV.
        if signal != .counter { quality = Self.quality(&random) }
    }

    private mutating func advanceMeasured(_ random: inout some RandomNumberGenerator) {
        guard case .measured(let range, let decimals) = signal else { return }
        let step = (range.upperBound - range.lowerBound) / 40
        let next = number + Double.random(in: -step...step, using: &random)
        number = Self.rounded(min(max(next, range.lowerBound), range.upperBound), decimals)
        value = .shortFloat(Float(number))
    }

    private mutating func advanceTap(
        _ position: Int8, _ isMoving: Bool, _ random: inout some RandomNumberGenerator
    ) {
        guard case .tap(let range) = signal else { return }
        guard isMoving else {
            value = .stepPosition(position, transient: true)
            return
        }
        let next = Int(position) + (Bool.random(using: &random) ? 1 : -1)
        value = .stepPosition(Int8(min(max(next, Int(range.lowerBound)), Int(range.upperBound))), transient: false)
    }

    private static func quality(_ random: inout some RandomNumberGenerator) -> QualityDescriptor {
        switch Int.random(in: 0..<40, using: &random) {
        case 0: .substituted
        case 1: .notTopical
        case 2: [.invalid, .notTopical]
        case 3: .blocked
        default: .good
        }
    }

    private static func rounded(_ number: Double, _ decimals: Int) -> Double {
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        return (number * factor).rounded() / factor
    }
}
