import IEC104Model
import IEC104Station
import NIOCore

/// A controlling station that asks for anything, and watches over the answers.
final class SessionDriver: StationSessionLink {
    /// What answers are counted by.
    private struct Subject: Hashable {
        let type: TypeIdentification
        let commonAddress: CommonAddress
    }

    let session: StationSession
    private(set) var isClosed = false
    private var isStarted = false
    private var requests = 0
    private var refusals = 0
    private var activations: [Subject: Int] = [:]
    private var deactivations: [Subject: Int] = [:]
    private var confirmations: [Subject: Int] = [:]
    private var positiveConfirmations: [Subject: Int] = [:]
    private var deactivationConfirmations: [Subject: Int] = [:]
    private var terminations: [Subject: Int] = [:]

    init(_ session: StationSession) {
        self.session = session
        session.link = self
    }

    func wake() {}
    func close(_ reason: StationSession.CloseReason) { isClosed = true }

    func start() {
        guard !isStarted else { return }
        isStarted = true
        session.dataTransferStarted()
    }

    func stop() {
        guard isStarted else { return }
        isStarted = false
        session.dataTransferStopped()
    }

    // MARK: Requests

    /// A request that is near to one that makes sense.
    func request(_ input: inout FuzzInput, now: NIODeadline) {
        let types: [UInt8] = [100, 101, 102, 103, 105, 107, 104, 45, 46, 58, 1, 200]
        let commonAddresses: [UInt16] = [1, 2, 300, 65_535, 9, 0, 77, 5]
        let causes: [UInt8] = [6, 8, 5, 10]
        let (kind, choices) = (input.octet(), input.octet())
        let type = TypeIdentification(rawValue: types[Int(kind & 0x0F) % types.count])
        var cause = type == .C_RD_NA_1 ? 5 : causes[choices & 7 < 4 ? 0 : Int(choices & 3)]
        if choices & 8 != 0 { cause |= 0xC0 & choices }
        var octets = ByteBuffer()
        octets.writeMultipleIntegers(type.rawValue, kind & 0xF0 == 0xF0 ? input.octet() : 1, cause, input.octet())
        octets.writeInteger(commonAddresses[Int(choices >> 4) % commonAddresses.count], endianness: .little)
        let address = type == .C_RD_NA_1 || kind & 0x10 != 0 ? input.octet() : 0
        octets.writeMultipleIntegers(address, UInt8(0), UInt8(0))
        let length =
            switch type.rawValue {
            case 102: 0
            case 103: 7
            case 107: 9
            case 104: 2
            case 58: 8
            default: 1
            }
        switch type.rawValue {
        case 100: octets.writeInteger(input.octet() % 20 + 18)
        case 103:
            octets.writeBytes([0xE8, 0x03, 0x1E, 0x0C, 0x2F, 0x06, kind & 0x80 == 0 ? 0x1A : input.octet()])
        default: for _ in 0..<length { octets.writeInteger(input.octet()) }
        }
        if kind & 0x60 == 0x60 { octets.writeInteger(UInt8(0)) }
        receive(octets, now: now)
    }

    /// Hands over what a link would: an ASDU of one to 249 octets, while data transfer is started.
    func receive(_ octets: ByteBuffer, now: NIODeadline) {
        guard isStarted, !isClosed, let octets = octets.getSlice(at: 0, length: min(octets.readableBytes, 249)),
            octets.readableBytes > 0
        else { return }
        requests += 1
        var reader = octets
        if let identifier = try? DataUnitIdentifier(decoding: &reader) {
            let subject = Subject(type: identifier.typeIdentification, commonAddress: identifier.commonAddress)
            if identifier.cause == .activation { activations[subject, default: 0] += 1 }
            if identifier.cause == .deactivation { deactivations[subject, default: 0] += 1 }
        }
        session.received(asdu: octets, now: now)
    }

    // MARK: Answers

    /// As many ASDUs as the window lets out.
    func pull(_ count: Int) {
        guard isStarted, !isClosed else { return }
        for _ in 0..<count {
            // Something stands in the buffer already, as it does in that of a link.
            var octets = ByteBuffer(bytes: [0, 0, 0, 0, 0, 0])
            guard session.nextASDU(into: &octets) else {
                return require(octets.readableBytes == 6, "octets without an ASDU")
            }
            octets.moveReaderIndex(forwardBy: 6)
            check(octets)
        }
    }

    private func check(_ octets: ByteBuffer) {
        require(octets.readableBytes <= ASDU.maximumSize, "an ASDU of \(octets.readableBytes) octets")
        var reader = octets
        guard let identifier = try? DataUnitIdentifier(decoding: &reader) else {
            violated("an ASDU without identifier")
        }
        // A refusal of a type that the station doesn't know mirrors what it can't read.
        if identifier.cause != .unknownType {
            _ = decodedASDU(octets)
            checkASDU(octets, deeply: false)
        }
        count(identifier)
    }

    private func count(_ identifier: DataUnitIdentifier) {
        let subject = Subject(type: identifier.typeIdentification, commonAddress: identifier.commonAddress)
        let isMonitored = identifier.typeIdentification.isProcessInformation
        switch identifier.cause.rawValue {
        case 44...47 where !isMonitored || identifier.isNegative:
            require(identifier.isNegative, "a refusal without P/N: \(identifier)")
            refusals += 1
            require(refusals <= requests, "\(refusals) refusals of \(requests) requests")
        case 7 where !isMonitored:
            confirmations[subject, default: 0] += 1
            if !identifier.isNegative { positiveConfirmations[subject, default: 0] += 1 }
            check(confirmations, against: activations, subject, "confirmations of activations")
        case 9 where !isMonitored:
            deactivationConfirmations[subject, default: 0] += 1
            check(deactivationConfirmations, against: deactivations, subject, "confirmations of deactivations")
        case 10 where !isMonitored:
            require(!identifier.isNegative, "a negative termination")
            terminations[subject, default: 0] += 1
            let confirmed = positiveConfirmations[subject] ?? 0
            require(terminations[subject] ?? 0 <= confirmed, "\(subject): terminated without confirmation")
        default:
            require(isMonitored || identifier.typeIdentification == .M_EI_NA_1, "unasked: \(identifier)")
        }
    }

    /// A request by the broadcast address is answered once for each common address.
    private func check(
        _ answers: [Subject: Int], against requests: [Subject: Int], _ subject: Subject, _ what: String
    ) {
        let broadcast = Subject(type: subject.type, commonAddress: .broadcast)
        let further = subject == broadcast ? 0 : requests[broadcast] ?? 0
        let asked = (requests[subject] ?? 0) + further
        require(answers[subject] ?? 0 <= asked, "\(what), \(subject): \(answers[subject] ?? 0) of \(asked)")
    }
}
