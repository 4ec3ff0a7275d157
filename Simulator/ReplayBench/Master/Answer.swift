import IEC104Model
import NIOCore

/// An information object with which a controlled station answers a request: the request sent back, or a value asked for.
struct Answer: Sendable {
    /// What a recorded and a live answer have to have in common to be compared.
    struct Key: Hashable {
        let address: PointAddress
        /// Of values, what they were asked by (5, 11, 12, 20...41); nil for a request sent back.
        let cause: CauseOfTransmission?
        /// Of a request sent back; nil for values.
        let type: TypeIdentification?
    }

    let key: Key
    let type: TypeIdentification
    let cause: CauseOfTransmission
    let isNegative: Bool
    let element: InformationElement

    /// Nil for what nobody has asked for.
    ///
    /// - Parameter mapping: the common addresses to put in the place of others.
    init?(_ identifier: DataUnitIdentifier, _ object: InformationObject, mapping: [CommonAddress: CommonAddress] = [:])
    {
        let (type, cause) = (identifier.typeIdentification, identifier.cause)
        let address = PointAddress(
            commonAddress: mapping[identifier.commonAddress] ?? identifier.commonAddress,
            informationObjectAddress: object.address)
        if type.isProcessInformation {
            guard cause.isInterrogation || [.request, .returnInformationRemote].contains(cause) else { return nil }
            key = Key(address: address, cause: cause, type: nil)
        } else {
            // What stations say of themselves is no answer.
            guard type != .M_EI_NA_1, cause != .spontaneous else { return nil }
            key = Key(address: address, cause: nil, type: type)
        }
        (self.type, self.cause, isNegative, element) = (type, cause, identifier.isNegative, object.element)
    }

    /// True for the request sent back as the end of its execution, or as a refusal: nothing more comes.
    var endsRequest: Bool {
        key.type != nil
            && (cause == .activationTermination || isNegative || (44...47).contains(cause.rawValue))
    }

    /// How a live answer differs from this one; nil if it doesn't.
    func difference(from live: Answer, ignoring rules: Set<IgnoreRule>) -> DifferenceKind? {
        guard live.type == type else { return .type }
        guard live.cause == cause, live.isNegative == isNegative else { return .cause }
        guard let recorded = element.processInformation else {
            return rules.contains(.values) || octets == live.octets ? nil : .value
        }
        guard let received = live.element.processInformation else { return .type }
        if !rules.contains(.values), received.value != recorded.value { return .value }
        if !rules.contains(.quality), received.quality != recorded.quality { return .quality }
        return rules.contains(.timeTags) || received.time == recorded.time ? nil : .time
    }

    /// Without the time tag of requests, which is renewed.
    private var octets: ByteBufferView {
        var octets = ByteBuffer()
        element.encode(into: &octets)
        let count = octets.readableBytes - (type.endsInTimeTag ? CP56Time2a.encodedSize : 0)
        return ByteBuffer(bytes: octets.readableBytesView.prefix(max(0, count))).readableBytesView
    }

    /// One line for people.
    var text: String {
        if let information = element.processInformation { return PointText.text(type, information, cause) }
        return "\(type) \(cause)\(isNegative ? " negative" : "")"
    }
}
