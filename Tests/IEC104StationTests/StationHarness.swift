import IEC104Model
import NIOCore
import TestSupport

@testable import IEC104Station

/// A station with sessions that are driven by hand, so that tests read: this happens, these octets come out.
final class StationHarness {
    let station: Station
    private(set) var now = NIODeadline.uptimeNanoseconds(0)
    private(set) var synchronizations: [CP56Time2a] = []
    /// 2026-01-15T10:30:00.123Z
    static let moment: Int64 = 1_768_473_000_123

    init(_ definitions: [PointDefinition] = [], settings: StationSettings = StationSettings()) {
        station = Station(settings: settings, milliseconds: { Self.moment }) { CP56Time2a(millisecondsSince1970: $0) }
        station.define(definitions, settings: settings, now: now)
        station.onClockSynchronization = { [weak self] in self?.synchronizations.append($0) }
    }

    func redefine(_ definitions: [PointDefinition]) {
        station.define(definitions, settings: station.settings, now: now)
    }

    /// A started session; end of initialization is read away unless wanted.
    func startedSession(peer: String = "127.0.0.1", keepingInitialization: Bool = false) -> TestSession {
        let session = TestSession(station.makeSession(peer: peer)) { self.now }
        session.session.dataTransferStarted()
        if !keepingInitialization { while session.next()?.hasPrefix("46") == true {} }
        return session
    }

    func advance(by time: TimeAmount) {
        now = now + time
        station.deadlineReached(now)
    }

    /// Time passes, and nobody tells the station.
    func pass(_ time: TimeAmount) {
        now = now + time
    }

    @discardableResult
    func event(
        _ address: PointAddress, _ type: TypeIdentification, _ value: ProcessValue, quality: QualityDescriptor = .good,
        cause: CauseOfTransmission = .spontaneous, at timestamp: Int64? = nil
    ) -> PointUpdateOutcome {
        apply(.event, address, type, value, quality, cause, timestamp)
    }

    @discardableResult
    func state(
        _ address: PointAddress, _ type: TypeIdentification, _ value: ProcessValue, quality: QualityDescriptor = .good,
        cause: CauseOfTransmission = .spontaneous, at timestamp: Int64? = nil
    ) -> PointUpdateOutcome {
        apply(.state, address, type, value, quality, cause, timestamp)
    }

    private func apply(
        _ kind: PointUpdate.Kind, _ address: PointAddress, _ type: TypeIdentification, _ value: ProcessValue,
        _ quality: QualityDescriptor, _ cause: CauseOfTransmission, _ timestamp: Int64?
    ) -> PointUpdateOutcome {
        let time = CP56Time2a(millisecondsSince1970: timestamp ?? Self.moment, isSubstituted: timestamp == nil)
        let outcome = station.apply(
            PointUpdate(
                address: address, type: type,
                information: ProcessInformation(value: value, quality: quality, time: time), cause: cause,
                timestamp: timestamp ?? Self.moment, hasSourceTimestamp: timestamp != nil, kind: kind), now: now)
        station.flush()
        return outcome
    }
}

/// A session without a link: the test pulls what the window would let out.
final class TestSession: StationSessionLink {
    let session: StationSession
    private(set) var closed: StationSession.CloseReason?
    private(set) var wakes = 0

    private let now: () -> NIODeadline
    private let defect = StationDefect.current
    private var altered: [[UInt8]] = []

    init(_ session: StationSession, now: @escaping () -> NIODeadline) {
        self.session = session
        self.now = now
        session.link = self
    }

    func wake() { wakes += 1 }
    func close(_ reason: StationSession.CloseReason) { closed = reason }

    /// Hands in an ASDU given as hexadecimal octets.
    func receive(_ hex: String) {
        session.received(asdu: ByteBuffer(hexadecimal: hex), now: now())
    }

    /// The next ASDU, nil if there is none.
    func next() -> String? {
        if !altered.isEmpty { return hexadecimal(altered.removeFirst()) }
        var buffer = ByteBuffer()
        guard session.nextASDU(into: &buffer) else { return nil }
        guard let defect else { return buffer.hexadecimalText }
        altered = defect.altered(Array(buffer.readableBytesView))
        return next()
    }

    /// All ASDUs that are waiting.
    func drain(limit: Int = 100_000) -> [String] {
        var all: [String] = []
        while all.count < limit, let asdu = next() { all.append(asdu) }
        return all
    }

    /// All waiting ASDUs, decoded.
    func drainDecoded() throws -> [ASDU] {
        try drain().map { hex in
            var buffer = ByteBuffer(hexadecimal: hex)
            return try ASDU(decoding: &buffer)
        }
    }
}

extension PointAddress {
    init(_ commonAddress: UInt16, _ informationObjectAddress: UInt32) {
        self.init(
            commonAddress: CommonAddress(rawValue: commonAddress),
            informationObjectAddress: InformationObjectAddress(rawValue: informationObjectAddress) ?? .irrelevant)
    }
}
