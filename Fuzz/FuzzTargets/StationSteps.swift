import IEC104Model
import IEC104Station
import NIOCore

/// Steps: definitions, updates, connections, requests and time.
func fuzzStation(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let settings = input.octet()
    let driver = StationDriver(settings: StationSettings(settings), hasBlock: settings & 0x40 != 0)
    driver.define(&input)
    var steps = 1000
    while !input.isAtEnd, steps > 0 {
        steps -= 1
        switch input.choice(12) {
        case 0: driver.define(&input)
        case 1, 2: driver.update(&input)
        case 3: driver.changeSource(&input)
        case 4: driver.connect(&input)
        case 5, 6, 7: driver.session(&input)?.request(&input, now: driver.now)
        case 8: driver.session(&input)?.receive(input.octets(Int(input.octet())), now: driver.now)
        case 9: driver.session(&input)?.pull(Int(input.octet()))
        case 10: driver.advance(by: .milliseconds(Int64(input.word())))
        default: driver.disconnect(&input)
        }
    }
    driver.drain()
}

extension StationSettings {
    fileprivate init(_ octet: UInt8) {
        self.init(
            interrogationTimeTags: octet & 1 != 0, eventBuffer: octet & 2 != 0 ? 3 : 1000,
            acceptsClockSynchronization: octet & 4 != 0, servesUndefinedPoints: octet & 8 != 0)
    }
}

/// A station whose connections are driven by the fuzzer.
private final class StationDriver {
    private static let addresses: [PointAddress] = [
        (1, 100), (1, 101), (1, 102), (1, 104), (1, 0x010000), (1, 0xFFFFFE), (1, 0xFFFFFF), (2, 100), (2, 101),
        (2, 0), (300, 1), (300, 2), (65_535, 1), (0, 1), (3, 7), (3, 8),
    ].compactMap { commonAddress, object in
        InformationObjectAddress(rawValue: object).map {
            PointAddress(commonAddress: CommonAddress(rawValue: commonAddress), informationObjectAddress: $0)
        }
    }

    /// So many more points of one type that they don't fit an ASDU.
    private static let blockSize = 150

    private let station: Station
    private let hasBlock: Bool
    private var settings: StationSettings
    private var types: [PointAddress: TypeIdentification] = [:]
    private(set) var now = NIODeadline.uptimeNanoseconds(0)
    private var sessions: [SessionDriver] = []
    private let moment: Int64 = 1_768_473_000_123

    init(settings: StationSettings, hasBlock: Bool) {
        self.settings = settings
        self.hasBlock = hasBlock
        let moment = moment
        station = Station(settings: settings, milliseconds: { moment }) { CP56Time2a(millisecondsSince1970: $0) }
        station.onClockSynchronization = { time in
            require(time.millisecondsSince1970() != nil, "the clock is set to a time that doesn't exist")
        }
    }

    // MARK: Points

    func define(_ input: inout FuzzInput) {
        let (mask, variation) = (input.word(), input.octet())
        if variation & 0x80 != 0 { settings = StationSettings(input.octet()) }
        var definitions: [PointDefinition] = []
        types.removeAll()
        for (index, address) in Self.addresses.enumerated() where mask & 1 << UInt16(index) != 0 {
            let choice = variation & 0x40 != 0 ? Int(input.octet()) : index / 3 + Int(variation & 0x1F)
            let type = monitoredTypes[choice % monitoredTypes.count]
            let options = input.octet()
            let isCounter = type.withoutTimeTag == .M_IT_NA_1
            definitions.append(
                PointDefinition(
                    address: address, type: type, groups: isCounter ? [] : .init(group: Int(options & 0x1F)),
                    counterGroup: isCounter ? options & 3 : 0, deadband: options & 0x20 != 0 ? 2 : nil,
                    periodicInterval: options & 0x40 != 0 ? Int(options & 7) + 1 : nil,
                    backgroundInterval: options & 0x80 != 0 ? Int(options & 3) + 1 : nil))
            types[address] = type
        }
        if hasBlock { definitions += block(variation) }
        let further: Set<CommonAddress> = variation & 0x20 != 0 ? [9, 10] : []
        station.define(definitions, commonAddresses: further, settings: settings, now: now)
    }

    /// Points whose addresses follow one another or leave gaps.
    private func block(_ variation: UInt8) -> [PointDefinition] {
        let type = monitoredTypes[Int(variation & 0x1F) % monitoredTypes.count]
        return (0..<Self.blockSize).map { index in
            let address = blockAddress(index, isDense: variation & 0x20 == 0)
            types[address] = type
            return PointDefinition(address: address, type: type)
        }
    }

    private func blockAddress(_ index: Int, isDense: Bool) -> PointAddress {
        let object = InformationObjectAddress(rawValue: UInt32(1000 + (isDense ? index : index * 2)))
        return PointAddress(commonAddress: 5, informationObjectAddress: object ?? .irrelevant)
    }

    private func address(_ octet: UInt8) -> PointAddress {
        hasBlock && octet & 0x80 != 0
            ? blockAddress(Int(octet & 0x7F), isDense: true) : Self.addresses[Int(octet) % Self.addresses.count]
    }

    /// Up to four updates that become visible together, or 64 where there is a block. Without definition a point takes the type of its update.
    func update(_ input: inout FuzzInput) {
        for _ in 0...input.choice(hasBlock ? 64 : 4) {
            let address = address(input.octet())
            let options = input.octet()
            let other = monitoredTypes[Int(options >> 2) % monitoredTypes.count]
            let type = settings.servesUndefinedPoints ? other : types[address] ?? other
            let quality = QualityDescriptor(rawValue: input.octet())
            let value = ProcessValue(of: type, &input)
            let timestamp = options & 1 == 0 ? moment : moment + Int64(input.octet())
            let outcome = station.apply(
                PointUpdate(
                    address: address, type: type,
                    information: ProcessInformation(
                        value: value, quality: quality, time: CP56Time2a(millisecondsSince1970: timestamp)),
                    cause: options & 0x80 == 0 ? .spontaneous : CauseOfTransmission(rawValue: input.octet()),
                    timestamp: timestamp, hasSourceTimestamp: options & 1 != 0,
                    kind: options & 2 == 0 ? .event : .state), now: now)
            let isServed = settings.servesUndefinedPoints || types[address] != nil
            require((outcome == .unmapped) == !isServed, "\(address) is \(isServed ? "" : "not ")served: \(outcome)")
        }
        station.flush()
        sweepClosed()
    }

    func changeSource(_ input: inout FuzzInput) {
        switch input.choice(4) {
        case 0: station.sourceLost(at: moment)
        case 1: station.sourceReturned(at: moment)
        case 2:
            station.removeState(of: Self.addresses[input.choice(Self.addresses.count)], at: moment, now: now)
            station.flush()
        default: station.initialized(.changedParameters)
        }
        sweepClosed()
    }

    // MARK: Connections

    func connect(_ input: inout FuzzInput) {
        guard sessions.count < 4 else { return }
        let octet = input.octet()
        let session = SessionDriver(station.makeSession(peer: octet & 1 == 0 ? "192.0.2.1" : "192.0.2.2"))
        if octet & 2 == 0 { session.start() }
        sessions.append(session)
    }

    func session(_ input: inout FuzzInput) -> SessionDriver? {
        sessions.isEmpty ? nil : sessions[input.choice(sessions.count)]
    }

    func disconnect(_ input: inout FuzzInput) {
        guard !sessions.isEmpty else { return }
        let (index, octet) = (input.choice(sessions.count), input.octet())
        switch octet & 3 {
        case 0: sessions.remove(at: index).session.linkClosed()
        case 1: sessions[index].stop()
        default: sessions[index].start()
        }
    }

    private func sweepClosed() {
        for session in sessions where session.isClosed { session.session.linkClosed() }
        sessions.removeAll { $0.isClosed }
    }

    // MARK: Time

    func advance(by time: TimeAmount) {
        let target = now + time
        var turns = 0
        while let next = station.nextDeadline, next <= target {
            now = max(now, next)
            station.deadlineReached(now)
            sweepClosed()
            turns += 1
            require(turns < 10_000, "deadlines without end")
            if let following = station.nextDeadline { require(following > now, "a deadline that doesn't go away") }
        }
        now = target
    }

    /// Every session comes to an end of what it has to send, and is closed.
    func drain() {
        for session in sessions where !session.isClosed {
            session.start()
            session.pull(100_000)
            require(session.session.behind == 0, "\(session.session.behind) events are never sent")
        }
        for session in sessions { session.session.linkClosed() }
    }
}
