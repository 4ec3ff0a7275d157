import ControllingStation
import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore
import Replay

/// One replay under way.
struct ReplaySession {
    /// How long the live station may be silent once it has been waited for in vain.
    private static let laterPatience = Duration.seconds(2)

    private let options: MasterReplay.Options
    private let connection: ControllingConnection
    private let subscription: ASDUSubscription
    private var matcher: AnswerMatcher
    private var requests = SentRequests()
    private var clock: PaceClock
    private var isStarted = false
    private var patience: Duration
    /// True when nothing more can be replayed.
    private(set) var isOver = false
    var report: ReplayReport

    init(
        _ options: MasterReplay.Options, _ connection: ControllingConnection, _ subscription: ASDUSubscription,
        _ report: ReplayReport
    ) {
        self.options = options
        self.connection = connection
        self.subscription = subscription
        self.report = report
        matcher = AnswerMatcher(ignoring: options.ignored)
        clock = PaceClock(options.pace)
        patience = options.patience
    }

    /// Takes the next event of the capture.
    mutating func take(_ event: TrafficEvent) async throws {
        guard case .apdu(let octets, let apci) = event.content, isReplayed(event, apci) else { return }
        do {
            switch (event.direction, apci) {
            case (.monitor, .information): expect(octets, event.frame)
            case (.control, .information): try await request(octets, event)
            case (.control, .unnumbered(let function)): try await control(function, event)
            default: break
            }
        } catch let fault as ConnectionFault {
            end("frame \(event.frame) can't be replayed: \(fault)", frame: event.frame)
        }
    }

    /// The recording has ended: what is due is waited for.
    mutating func finish() async throws {
        if !isOver { try await waitForAnswers() }
        matcher.finish(into: &report)
    }

    /// True for the connection that was chosen, or the first with something to replay.
    private mutating func isReplayed(_ event: TrafficEvent, _ apci: APCI) -> Bool {
        let index = event.stream.index
        if index == report.stream ?? options.stream {
            report.stream = index
            return true
        }
        guard event.direction == .control, Self.isReplayable(apci) else { return false }
        if report.stream == nil, options.stream == nil {
            report.stream = index
            return true
        }
        report.otherStreams.insert(index)
        return false
    }

    private static func isReplayable(_ apci: APCI) -> Bool {
        switch apci {
        case .information, .unnumbered(.startDataTransferActivation): true
        default: false
        }
    }

    // MARK: Control direction

    private mutating func control(_ function: UFunction, _ event: TrafficEvent) async throws {
        switch function {
        case .startDataTransferActivation, .stopDataTransferActivation, .testFrameActivation: break
        default: return
        }
        try await waitForTurn(event)
        guard !isOver else { return }
        switch function {
        case .startDataTransferActivation:
            try await connection.startDataTransfer()
            isStarted = true
        case .stopDataTransferActivation:
            try await connection.stopDataTransfer()
            isStarted = false
        default: try await connection.test()
        }
    }

    private mutating func request(_ octets: ByteBuffer, _ event: TrafficEvent) async throws {
        let unit = DecodedUnit(apdu: octets)
        guard
            let request = RecordedRequest(
                apdu: octets, frame: event.frame, identifier: unit.identifier, objects: unit.objects)
        else { return report.malformed += 1 }
        guard isSent(request.type, request.object.element) else { return report.leaveOut(request) }
        if !isStarted, report.requests == 0 {
            report.startedUnasked = true
            try await connection.startDataTransfer()
            isStarted = true
        }
        try await waitForTurn(event)
        guard !isOver else { return }
        report.requests += 1
        let address = request.identifier.commonAddress
        requests.add(request.object, to: options.commonAddresses[address] ?? address)
        let now = CP56Time2a(millisecondsSince1970: WallClock.milliseconds())
        try await connection.send(asduOctets: request.octets(mapping: options.commonAddresses, now: now))
    }

    private func isSent(_ type: TypeIdentification, _ element: InformationElement) -> Bool {
        switch RequestClass(element) {
        case .harmless: true
        case .command: options.allowsCommands
        case .unsupported: false
        }
    }

    // MARK: Monitor direction

    private mutating func expect(_ octets: ByteBuffer, _ frame: Int) {
        let unit = DecodedUnit(apdu: octets)
        guard let identifier = unit.identifier else { return }
        for object in unit.objects {
            guard let answer = Answer(identifier, object, mapping: options.commonAddresses) else { continue }
            if requests.cover(answer) {
                matcher.expect(answer, frame: frame, into: &report)
            } else {
                report.answersLeftOut += 1
            }
        }
    }

    private mutating func take(_ received: ReceivedASDU) {
        guard let asdu = received.asdu else {
            return report.add(
                Difference(
                    kind: .unexpected, address: nil, type: nil, frame: nil,
                    message: "a malformed ASDU was received"))
        }
        for object in asdu.objects {
            if let answer = Answer(asdu.identifier, object), requests.cover(answer) {
                matcher.receive(answer, into: &report)
            } else {
                report.unasked += 1
            }
        }
    }

    // MARK: Waiting

    /// Returns when everything recorded before has been answered, and the time has come.
    private mutating func waitForTurn(_ event: TrafficEvent) async throws {
        try await waitForAnswers()
        guard !isOver, let due = clock.due(event.time) else { return }
        while let asdu = await subscription.next(until: due) { take(asdu) }
        try await checkConnection()
    }

    private mutating func waitForAnswers() async throws {
        // What comes unasked gives no more time: a station that always has something to tell would never be given up.
        var deadline = ContinuousClock.now + patience
        while matcher.outstanding > 0, !isOver {
            let outstanding = matcher.outstanding
            if ContinuousClock.now < deadline, let asdu = await subscription.next(until: deadline) {
                take(asdu)
                if matcher.outstanding < outstanding { deadline = .now + patience }
                continue
            }
            try await checkConnection()
            patience = min(patience, Self.laterPatience)
            matcher.giveUp(into: &report)
        }
        clock.delayed()
    }

    private mutating func checkConnection() async throws {
        try Task.checkCancellation()
        if let reason = await connection.closeReason { end("\(reason)", frame: nil) }
    }

    private mutating func end(_ reason: String, frame: Int?) {
        isOver = true
        report.add(
            Difference(
                kind: .connection, address: nil, type: nil, frame: frame,
                message: "the connection ended before the recording did: \(reason)"))
    }
}
