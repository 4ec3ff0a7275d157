import IEC104Model

/// Activations and deactivations, and their answers.
struct ActivationCheck {
    private struct Key: Hashable {
        let type: TypeIdentification
        let address: PointAddress
        let isDeactivation: Bool
    }

    /// More than that many at the same time are not followed.
    private static let limit = 1024
    private let parameters: CheckParameters
    /// What isn't confirmed yet.
    private var unanswered: [Key: FrameMark] = [:]
    /// Interrogations that are confirmed, but not terminated yet; the mark is that of the confirmation.
    private var unterminated: [Key: FrameMark] = [:]

    init(_ parameters: CheckParameters) {
        self.parameters = parameters
    }

    mutating func received(_ unit: DecodedUnit, _ direction: Direction, _ mark: FrameMark) {
        guard let identifier = unit.identifier else { return }
        for object in unit.objects {
            let address = PointAddress(
                commonAddress: identifier.commonAddress, informationObjectAddress: object.address)
            func key(_ isDeactivation: Bool) -> Key {
                Key(type: identifier.typeIdentification, address: address, isDeactivation: isDeactivation)
            }
            switch (direction, identifier.cause) {
            case (.control, .activation): wait(for: key(false), mark)
            case (.control, .deactivation): wait(for: key(true), mark)
            case (.monitor, .activationConfirmation):
                answer(key(false))
                let type = identifier.typeIdentification
                if type == .C_IC_NA_1 || type == .C_CI_NA_1, !identifier.isNegative, unterminated.count < Self.limit {
                    unterminated[key(false)] = mark
                }
            case (.monitor, .deactivationConfirmation):
                answer(key(true))
                if !identifier.isNegative { unterminated[key(false)] = nil }
            case (.monitor, .activationTermination): unterminated[key(false)] = nil
            case (.monitor, let cause) where (44...47).contains(cause.rawValue):
                answer(key(false))
                answer(key(true))
            default: break
            }
        }
    }

    private mutating func wait(for key: Key, _ mark: FrameMark) {
        if unanswered[key] == nil, unanswered.count < Self.limit { unanswered[key] = mark }
    }

    /// An activation of all common addresses is answered with that address, or by each with its own.
    private mutating func answer(_ key: Key) {
        if unanswered.removeValue(forKey: key) != nil { return }
        let broadcast = PointAddress(
            commonAddress: .broadcast, informationObjectAddress: key.address.informationObjectAddress)
        unanswered[Key(type: key.type, address: broadcast, isDeactivation: key.isDeactivation)] = nil
    }

    /// Time has passed.
    mutating func passed(to now: CaptureTime, into sink: inout FindingSink) {
        for (key, mark) in unanswered where mark.age(now) > CheckParameters.patience { tell(key, mark, into: &sink) }
        for (key, mark) in unterminated where mark.age(now) > CheckParameters.patience {
            unterminated[key] = nil
            sink.add(
                .unterminated, .monitor, mark,
                "\(key.type) confirmed, but not terminated within \(AcknowledgementCheck.seconds(CheckParameters.patience))"
            )
        }
    }

    /// Nothing more comes: what has waited for t1 won't be answered.
    mutating func finish(at now: CaptureTime, into sink: inout FindingSink) {
        for (key, mark) in unanswered.sorted(by: { $0.value.frame < $1.value.frame })
        where mark.age(now) > parameters.t1 {
            tell(key, mark, into: &sink)
        }
    }

    private mutating func tell(_ key: Key, _ mark: FrameMark, into sink: inout FindingSink) {
        unanswered[key] = nil
        let what = key.isDeactivation ? "deactivation" : "activation"
        sink.add(
            .unanswered, .control, mark,
            "\(what) of \(key.type), CA \(key.address.commonAddress), IOA \(key.address.informationObjectAddress)")
    }

    /// Frames may be missing in the capture.
    mutating func forget() {
        unanswered = [:]
        unterminated = [:]
    }
}
