import IEC104Model

/// Judges ASDU by ASDU what they mean for one step of a command. A value without I/O or clock.
///
/// An answer is recognised by type, common address and object address, so that a station that mirrors carelessly is
/// understood; what differs is told by `CommandEvent.isMirrored`. Only S/E counts: what comes late for a selection never
/// answers the execution.
struct CommandAnswer {
    let step: CommandStep
    let request: ASDU
    let awaitsTermination: Bool

    private var isConfirmed = false
    private var isTerminated = false
    private var end: CommandOutcome?

    /// - Parameter awaitsTermination: counts for an execution only; other steps end with their confirmation.
    init(_ step: CommandStep, request: ASDU, awaitsTermination: Bool) {
        self.step = step
        self.request = request
        self.awaitsTermination = awaitsTermination && step == .execute
    }

    /// How the step ended; nil while more is due.
    var outcome: CommandOutcome? {
        if let end { return end }
        guard isConfirmed else { return nil }
        return awaitsTermination ? isTerminated ? .terminated : nil : .confirmed
    }

    /// What it comes to if nothing else is received.
    var outcomeInSilence: CommandOutcome { outcome ?? (isConfirmed ? .unterminated : .unconfirmed) }

    /// Takes the next ASDU of the connection.
    ///
    /// - Returns: nil for what doesn't concern the command.
    mutating func take(_ received: ReceivedASDU) -> CommandEvent? {
        guard let asdu = received.asdu, let kind = kind(of: asdu) else { return nil }
        return CommandEvent(
            kind, asdu, isMirrored: kind == .returnInformation || mirrors(asdu), at: received.millisecondsSince1970)
    }

    private mutating func kind(of asdu: ASDU) -> CommandEvent.Kind? {
        let identifier = asdu.identifier
        if asdu.isReturnInformation { return .returnInformation }
        guard identifier.typeIdentification == request.identifier.typeIdentification,
            identifier.commonAddress == request.identifier.commonAddress,
            let object = asdu.objects.first, object.address == request.objects.first?.address,
            step != .execute || !object.element.isSelect
        else { return nil }
        switch identifier.cause {
        case step.confirmation where !isConfirmed:
            isConfirmed = !identifier.isNegative
            if identifier.isNegative { end = .refused }
            return identifier.isNegative ? .refused : .confirmed
        case .activationTermination where step == .execute && !isTerminated:
            isTerminated = true
            if identifier.isNegative { end = .failed }
            return identifier.isNegative ? .failed : .terminated
        case let cause where cause.isUnknown && !isConfirmed:
            end = .unknown(cause)
            return .unknown
        default: return .unexpected
        }
    }

    private func mirrors(_ asdu: ASDU) -> Bool {
        asdu.objects == request.objects && asdu.identifier.isTest == request.identifier.isTest
            && asdu.identifier.originatorAddress == request.identifier.originatorAddress
    }
}

extension ASDU {
    /// True for a point that has changed because of a command: process information with cause 11 or 12.
    var isReturnInformation: Bool {
        identifier.typeIdentification.isProcessInformation
            && [.returnInformationRemote, .returnInformationLocal].contains(identifier.cause)
    }
}

extension InformationElement {
    /// S/E of a command; false for what has none.
    fileprivate var isSelect: Bool {
        switch self {
        case .C_SC_NA_1(let element): element.command.isSelect
        case .C_SC_TA_1(let element): element.command.isSelect
        case .C_DC_NA_1(let element): element.command.isSelect
        case .C_DC_TA_1(let element): element.command.isSelect
        case .C_RC_NA_1(let element): element.command.isSelect
        case .C_RC_TA_1(let element): element.command.isSelect
        case .C_SE_NA_1(let element): element.qualifier.isSelect
        case .C_SE_TA_1(let element): element.qualifier.isSelect
        case .C_SE_NB_1(let element): element.qualifier.isSelect
        case .C_SE_TB_1(let element): element.qualifier.isSelect
        case .C_SE_NC_1(let element): element.qualifier.isSelect
        case .C_SE_TC_1(let element): element.qualifier.isSelect
        default: false
        }
    }
}
