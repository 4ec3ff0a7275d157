import IEC104Model
import NIOCore

/// What came between an interrogation command and its end.
package struct InterrogationAnswer: Sendable {
    /// The common address that was asked; 65535 for all.
    package let commonAddress: CommonAddress
    /// What was asked for.
    package let request: InterrogationRequest
    /// Every ASDU that came meanwhile, live updates and malformed ones among them, in order.
    package internal(set) var asdus: [ReceivedASDU] = []
    /// From the command to the end of the answer, without the silence that a broadcast is waited for after it.
    package internal(set) var duration = TimeAmount.nanoseconds(0)

    /// Positive confirmations of activation.
    package var confirmations: [ReceivedASDU] {
        replies { $0.cause == .activationConfirmation && !$0.isNegative }
    }

    /// Negative confirmations, and the command sent back with a cause of 44...47.
    package var refusals: [ReceivedASDU] {
        replies { ($0.cause == .activationConfirmation && $0.isNegative) || $0.cause.isUnknown }
    }

    /// Terminations of activation.
    package var terminations: [ReceivedASDU] { replies { $0.cause == .activationTermination } }

    /// The points that were reported because of the interrogation, in order; one may come twice.
    package var points: [ReportedPoint] {
        asdus.flatMap { asdu in reports(asdu) ? asdu.points : [] }
    }

    /// True for an ASDU with process information that this interrogation has asked for.
    package func reports(_ asdu: ReceivedASDU) -> Bool {
        guard let identifier = asdu.asdu?.identifier else { return false }
        return identifier.typeIdentification.isProcessInformation
            && identifier.cause == request.reportingCause && concerns(identifier.commonAddress)
    }

    /// The identifier of an ASDU that is this interrogation command on its way back; nil for others.
    func reply(_ asdu: ReceivedASDU) -> DataUnitIdentifier? {
        guard let asdu = asdu.asdu, asdu.objects.first?.element == request.object.element,
            concerns(asdu.identifier.commonAddress)
        else { return nil }
        return asdu.identifier
    }

    private func concerns(_ address: CommonAddress) -> Bool {
        commonAddress == .broadcast || address == commonAddress
    }

    private func replies(_ isWanted: (DataUnitIdentifier) -> Bool) -> [ReceivedASDU] {
        asdus.filter { reply($0).map(isWanted) ?? false }
    }
}

extension CauseOfTransmission {
    /// True for 44...47: the station doesn't know type, cause, common address or object address.
    var isUnknown: Bool { (44...47).contains(rawValue) }
}
