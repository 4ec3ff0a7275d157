import DequeModule
import IEC104Model
import IEC104Station
import NIOCore

/// Steps: commands of several connections, what the store and the process make of them, and time.
///
/// However they come: one confirmation for each activation that is answered, a termination after a positive one only,
/// at most one execution of a point at a time, none without its selection, and nothing left open once all time is over.
func fuzzCommands(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let driver = CommandDriver(input.octet())
    var steps = 1000
    while !input.isAtEnd, steps > 0 {
        steps -= 1
        switch input.choice(8) {
        case 0, 1, 2: driver.request(&input)
        case 3:
            let octet = input.octet()
            if octet & 4 == 0 { driver.sendToStore() } else { driver.storeAnswers(octet) }
        case 4: driver.processAnswers(&input)
        case 5: driver.advance(by: .milliseconds(Int64(input.octet()) * 20))
        case 6: driver.restart(&input)
        default:
            let octet = input.octet()
            driver.define(input.octet(), isEnabled: octet & 7 != 0, without: Int(octet >> 3 & 7))
        }
    }
    driver.settle()
}

private final class CommandDriver {
    private static let moment: Int64 = 1_768_473_000_123

    private let station: Station
    private var now = NIODeadline.uptimeNanoseconds(0)
    private var connections: [Connection] = []
    /// Commands that the store has not said anything of.
    private var waiting: Deque<CommandOrder> = []
    private var missing = 4
    /// Commands that have been answered to the end.
    private var ended: Set<String> = []
    /// Commands that are on their way to the store.
    private var sent: Deque<CommandOrder> = []

    init(_ settings: UInt8) {
        let stationSettings = StationSettings()
        station = Station(settings: stationSettings, milliseconds: { Self.moment }) {
            CP56Time2a(millisecondsSince1970: $0)
        }
        station.define([], commonAddresses: [1], settings: stationSettings, now: now)
        station.onCommand = { [unowned self] order, deadline in
            require(deadline > now, "a command whose time is over")
            guard waiting.count < 3 else { return false }
            waiting.append(order)
            return true
        }
        station.onCommandRecord = { [unowned self] record in
            if let id = record.id { require(ended.insert(id).inserted, "a command ends twice") }
            guard record.step == .execute, record.outcome == .done else { return }
            require(record.value != nil, "a value that isn't permitted is carried out")
        }
        define(settings)
        for _ in 0..<3 { connections.append(Connection(station.makeSession(peer: "192.0.2.1"))) }
    }

    /// Four points; who confirms, and whether they must be selected, is up to the fuzzer.
    ///
    /// - Parameter missing: the one that isn't there.
    func define(_ options: UInt8, isEnabled: Bool = true, without missing: Int = 4) {
        self.missing = missing
        var settings = station.settings
        settings.commands.isEnabled = isEnabled
        station.define([], commonAddresses: [1], settings: settings, now: now)
        let types: [TypeIdentification] = [.C_SC_NA_1, .C_SC_NA_1, .C_DC_NA_1, .C_SE_NC_1]
        station.define(
            commands: types.enumerated().filter { $0.offset != missing }.map { index, type in
                CommandDefinition(
                    address: Self.address(index), type: type, selectBeforeOperate: options & 1 << UInt8(index) != 0,
                    confirmation: options & 0x10 << UInt8(index) != 0 ? .process : .store, range: -10...10)
            })
        pull()
    }

    private static func address(_ index: Int) -> PointAddress {
        PointAddress(
            commonAddress: CommonAddress(rawValue: 1),
            informationObjectAddress: InformationObjectAddress(rawValue: UInt32(1 + index)) ?? .irrelevant)
    }

    func request(_ input: inout FuzzInput) {
        let connection = connections[input.choice(connections.count)]
        let (index, octet) = (input.choice(5), input.octet())
        let element: InformationElement =
            switch index {
            case 2: .C_DC_NA_1(C_DC_NA_1(command: DoubleCommand(rawValue: octet)))
            case 3:
                .C_SE_NC_1(
                    C_SE_NC_1(
                        value: Float(Int8(bitPattern: octet)), qualifier: QualifierOfSetPoint(rawValue: octet & 0x80)))
            default: .C_SC_NA_1(C_SC_NA_1(command: SingleCommand(rawValue: octet)))
            }
        let isCancel = input.octet() & 7 == 0
        let asdu = ASDU(
            InformationObject(address: Self.address(index).informationObjectAddress, element: element),
            cause: isCancel ? .deactivation : .activation, commonAddress: Self.address(index).commonAddress)
        var buffer = ByteBuffer()
        asdu.encode(into: &buffer)
        // That nobody knows the point is told to who cancels as well.
        connection.send(buffer, isActivation: !isCancel || index == missing || index == 4, now: now)
        pull()
    }

    func sendToStore() {
        guard let order = waiting.popFirst() else { return }
        let isSent = station.commandGoesToStore(order)
        require(!isSent || !ended.contains(order.id), "a command that was refused goes to the store")
        require(isSent || ended.contains(order.id), "a command doesn't go to the store, and nobody was told")
        require(!station.commandGoesToStore(order), "a command goes to the store twice")
        if isSent { sent.append(order) }
    }

    func storeAnswers(_ octet: UInt8) {
        guard let order = sent.popFirst() else { return }
        let outcome: StoreOutcome =
            switch octet & 3 {
            case 0: .refused("away")
            case 1: .unknown(notBefore: Self.moment, "lost")
            default: .taken(at: Self.moment)
            }
        station.commandWritten(order, outcome, now: now)
        pull()
    }

    func processAnswers(_ input: inout FuzzInput) {
        let octet = input.octet()
        let identifiers = [nil, nil, "other", sent.first?.id]
        station.processAnswered(
            CommandAnswer(
                address: Self.address(Int(octet & 3)), type: nil,
                cause: octet & 4 == 0 ? .activationConfirmation : .activationTermination, isNegative: octet & 8 != 0,
                id: identifiers[Int(octet >> 4 & 3)], milliseconds: Self.moment - Int64(octet >> 6 & 1), entry: ""),
            now: now)
        pull()
    }

    /// STOPDT and STARTDT, or another connection in place of one.
    func restart(_ input: inout FuzzInput) {
        let (index, octet) = (input.choice(connections.count), input.octet())
        if octet & 1 == 0 {
            connections[index].stop()
        } else {
            connections[index].session.linkClosed()
            connections[index] = Connection(station.makeSession(peer: "192.0.2.1"))
        }
    }

    func advance(by time: TimeAmount) {
        let target = now + time
        while let next = station.nextDeadline, next <= target {
            now = max(now, next)
            station.deadlineReached(now)
        }
        now = target
        pull()
    }

    /// Everything that waits runs out: then every activation has its confirmation.
    func settle() {
        advance(by: .seconds(60))
        for connection in connections { connection.checkSettled() }
        require(station.nextDeadline == nil, "something waits for ever")
        for connection in connections { connection.session.linkClosed() }
    }

    private func pull() {
        for connection in connections { connection.pull() }
    }
}

/// A connection that counts what it asks and what it is answered.
private final class Connection: StationSessionLink {
    let session: StationSession
    private var activations = 0
    private var confirmations = 0
    private var positive = 0
    private var terminations = 0

    init(_ session: StationSession) {
        self.session = session
        session.link = self
        session.dataTransferStarted()
        pull()
    }

    func wake() {}
    func close(_ reason: StationSession.CloseReason) { violated("closed: \(reason)") }

    func stop() {
        session.dataTransferStopped()
        session.dataTransferStarted()
        // What was not answered until then never is.
        (activations, confirmations, positive, terminations) = (0, 0, 0, 0)
    }

    func send(_ asdu: ByteBuffer, isActivation: Bool, now: NIODeadline) {
        if isActivation { activations += 1 }
        session.received(asdu: asdu, now: now)
    }

    func pull() {
        var buffer = ByteBuffer()
        while session.nextASDU(into: &buffer) {
            guard let identifier = try? DataUnitIdentifier(decoding: &buffer) else { violated("no ASDU") }
            buffer.clear()
            switch identifier.cause {
            case .activationConfirmation, .unknownInformationObjectAddress:
                confirmations += 1
                if !identifier.isNegative { positive += 1 }
            case .activationTermination: terminations += 1
            default: break
            }
        }
        require(confirmations <= activations, "\(confirmations) confirmations of \(activations) activations")
        require(terminations <= positive, "\(terminations) terminations of \(positive) positive confirmations")
    }

    func checkSettled() {
        require(confirmations == activations, "\(activations - confirmations) activations without an answer")
    }
}
