import IEC104Model
import NIOCore

extension StationSession {
    /// Takes an ASDU from the controlling station and prepares the answers.
    ///
    /// The causes of refusal are looked for in the order type, cause, common address, information object address; the
    /// first one found is answered (IEC 60870-5-101, 7.2.3). Octets that make no ASDU are discarded and counted.
    package func received(asdu octets: ByteBuffer, now: NIODeadline) {
        guard let request = try? ControlRequest(octets) else {
            station.counters.malformed += 1
            return
        }
        switch request.identifier.typeIdentification {
        case .C_IC_NA_1: interrogation(request)
        case .C_CI_NA_1: counterInterrogation(request)
        case .C_RD_NA_1: read(request)
        case .C_CS_NA_1: clockSynchronization(request)
        case .C_TS_TA_1: test(request)
        case .C_RP_NA_1: resetProcess(request, now: now)
        case let type where type.isCommand: command(request, now: now)
        default: refuse(request, .unknownType)
        }
    }

    // MARK: System functions

    private func interrogation(_ request: ControlRequest) {
        guard case .C_IC_NA_1(let object)? = admitted(request, [.activation, .deactivation], broadcast: true) else {
            return
        }
        let qualifier = object.qualifier.rawValue
        guard (20...36).contains(qualifier) else { return confirm(request, isNegative: true) }
        let packer = PointPacker(
            form: station.settings.interrogationTimeTags ? .spontaneous : .withoutTimeTag,
            cause: CauseOfTransmission(rawValue: qualifier),
            originatorAddress: request.identifier.originatorAddress, isTest: request.identifier.isTest,
            groups: qualifier == 20 ? nil : InterrogationGroups(group: Int(qualifier) - 20))
        run(request, qualifier: qualifier, packer: packer)
    }

    private func counterInterrogation(_ request: ControlRequest) {
        guard case .C_CI_NA_1(let object)? = admitted(request, [.activation, .deactivation], broadcast: true) else {
            return
        }
        let group = object.qualifier.request
        guard (1...5).contains(group) else { return confirm(request, isNegative: true) }
        guard object.qualifier.freeze == 0 else {
            // Done at once: there is nothing to deactivate, and no data or termination follows.
            let isActivation = request.identifier.cause == .activation
            if isActivation, !request.identifier.isTest {
                station.memorizeCounters(object.qualifier, of: commonAddresses(request.identifier.commonAddress))
            }
            return confirm(request, isNegative: !isActivation)
        }
        let packer = PointPacker(
            form: station.settings.interrogationTimeTags ? .spontaneous : .withoutTimeTag,
            cause: group == 5 ? .requestedByGeneralCounter : .requestedByCounterGroup(Int(group)),
            originatorAddress: request.identifier.originatorAddress, isTest: request.identifier.isTest,
            counters: group == 5 ? 0 : group)
        run(request, qualifier: object.qualifier.rawValue, packer: packer)
    }

    /// The common addresses of the station that a request is for.
    private func commonAddresses(_ asked: CommonAddress) -> [CommonAddress] {
        asked == .broadcast && !station.serves(.broadcast) ? station.commonAddresses : [asked]
    }

    /// Starts, queues or deactivates an interrogation. Repeated ones are answered one after the other.
    private func run(_ request: ControlRequest, qualifier: UInt8, packer: PointPacker) {
        let identifier = request.identifier
        if identifier.cause == .deactivation {
            let running = interrogations.firstIndex {
                $0.type == identifier.typeIdentification && $0.qualifier == qualifier
                    && $0.commonAddress == identifier.commonAddress
            }
            if let running { interrogations.remove(at: running) }
            return confirm(request, isNegative: running == nil)
        }
        guard interrogations.count < Self.maximumInterrogations else { return confirm(request, isNegative: true) }
        let order = station.interrogationOrder()
        interrogations.append(
            Interrogation(
                request: request, qualifier: qualifier, packer: packer, order: order,
                commonAddresses: commonAddresses(identifier.commonAddress)))
    }

    private func read(_ request: ControlRequest) {
        if let refusal = refusal(of: request, [.request], broadcast: false) { return refuse(request, refusal) }
        guard let object = singleObject(of: request) else { return }
        let address = PointAddress(
            commonAddress: request.identifier.commonAddress, informationObjectAddress: object.address)
        guard let slot = station.image.slot(of: address) else {
            return refuse(request, .unknownInformationObjectAddress)
        }
        let packer = PointPacker(
            form: .spontaneous, cause: .request, originatorAddress: request.identifier.originatorAddress,
            isTest: request.identifier.isTest)
        var asdu = ByteBuffer()
        var position = 0
        if packer.pack(station.image, [slot], position: &position, end: 1, into: &asdu) {
            answer(PendingAnswer(asdu))
        }
    }

    /// Confirmed with the time received, for every common address asked, whether the settings let it count or not.
    /// A time that doesn't exist or says itself that it is invalid is refused.
    private func clockSynchronization(_ request: ControlRequest) {
        guard case .C_CS_NA_1(let object)? = admitted(request, [.activation], broadcast: true) else { return }
        guard !object.time.isInvalid, object.time.millisecondsSince1970() != nil else {
            return confirm(request, isNegative: true)
        }
        if !request.identifier.isTest { station.synchronizeClock(to: object.time) }
        let confirmation = confirmation(of: request, isNegative: false)
        if station.settings.acceptsClockSynchronization {
            // The new time holds for what comes after the confirmation.
            answerBehindEvents(confirmation)
        } else {
            answer(confirmation)
        }
    }

    private func test(_ request: ControlRequest) {
        guard admitted(request, [.activation], broadcast: false) != nil else { return }
        confirm(request, isNegative: false)
    }

    /// QRP 1 initializes the station anew, for all controlling stations; QRP 2 drops the time-tagged events that wait
    /// for the one that asks. Other qualifiers are refused.
    private func resetProcess(_ request: ControlRequest, now: NIODeadline) {
        guard case .C_RP_NA_1(let object)? = admitted(request, [.activation], broadcast: true) else { return }
        let isTest = request.identifier.isTest
        switch object.qualifier.rawValue {
        case 1: if !isTest { station.scheduleReset(now: now) }
        case 2: if !isTest { discardTimeTaggedEvents() }
        default: return confirm(request, isNegative: true)
        }
        confirm(request, isNegative: false)
    }

    // MARK: Refusals and confirmations

    /// The element of a request for the station as a whole, which has the information object address 0. Answers
    /// otherwise.
    private func admitted(
        _ request: ControlRequest, _ causes: [CauseOfTransmission], broadcast: Bool
    ) -> InformationElement? {
        if let refusal = refusal(of: request, causes, broadcast: broadcast) {
            refuse(request, refusal)
            return nil
        }
        guard let object = singleObject(of: request) else { return nil }
        guard object.address == .irrelevant else {
            refuse(request, .unknownInformationObjectAddress)
            return nil
        }
        return object.element
    }

    func refusal(
        of request: ControlRequest, _ causes: [CauseOfTransmission], broadcast: Bool
    ) -> CauseOfTransmission? {
        let identifier = request.identifier
        guard causes.contains(identifier.cause) else { return .unknownCause }
        if broadcast, identifier.commonAddress == .broadcast {
            return station.commonAddresses.isEmpty ? .unknownCommonAddress : nil
        }
        return station.serves(identifier.commonAddress) ? nil : .unknownCommonAddress
    }

    /// The one object of a request. Several of them, or a sequence, are refused; octets that don't fit are discarded.
    private func singleObject(of request: ControlRequest) -> InformationObject? {
        guard let asdu = request.asdu else {
            station.counters.malformed += 1
            return nil
        }
        guard asdu.objects.count == 1, !request.identifier.isSequence, let object = asdu.objects.first else {
            confirm(request, isNegative: true)
            return nil
        }
        return object
    }

    func refuse(_ request: ControlRequest, _ cause: CauseOfTransmission) {
        // Whether the octets fit a type that isn't known can't be told; nothing else that makes no ASDU is mirrored.
        guard cause == .unknownType || request.asdu != nil else {
            station.counters.malformed += 1
            return
        }
        station.counters.refusals += 1
        answer(PendingAnswer(request.mirrored(cause, isNegative: true)))
    }

    /// Confirms an activation or deactivation, for each common address that a broadcast reaches.
    func confirm(_ request: ControlRequest, isNegative: Bool) {
        answer(confirmation(of: request, isNegative: isNegative))
    }

    private func confirmation(of request: ControlRequest, isNegative: Bool) -> PendingAnswer {
        if isNegative { station.counters.refusals += 1 }
        let cause: CauseOfTransmission =
            request.identifier.cause == .deactivation ? .deactivationConfirmation : .activationConfirmation
        return PendingAnswer(
            request.mirrored(cause, isNegative: isNegative), for: commonAddresses(request.identifier.commonAddress))
    }

    func answer(_ answer: PendingAnswer) {
        if hasPlaceForAnswer() { answers.append(answer) }
    }

    /// The answer follows the events that wait now, instead of overtaking them.
    private func answerBehindEvents(_ answer: PendingAnswer) {
        if hasPlaceForAnswer() { lateAnswers.append((answer, station.log.eventCount)) }
    }

    private func hasPlaceForAnswer() -> Bool {
        if answers.count + lateAnswers.count < Self.maximumAnswers { return true }
        link?.close(.tooManyRequests)
        return false
    }
}
