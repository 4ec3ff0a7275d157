import IEC104Model
import NIOCore

/// The controlled station: point image, event log and the sessions that read them.
///
/// No I/O and no clock of its own; confined to one event loop, like the sessions and their links. Updates are applied
/// in batches: `apply` for each, then `flush` once, which lets the sessions send.
package final class Station {
    /// Makes the time tag of a moment, in the time zone of the station.
    package typealias TimeTag = (_ millisecondsSince1970: Int64) -> CP56Time2a
    /// The time of day, in milliseconds since 1970 UTC.
    package typealias TimeOfDay = () -> Int64

    /// Hosts remembered as told of the end of initialization.
    private static let maximumPeers = 4096
    /// Between the confirmation of a reset and the end of the connections.
    private static let resetDelay = TimeAmount.milliseconds(500)

    package private(set) var settings: StationSettings
    var image = PointImage()
    var log = EventLog()
    /// What the station has done so far.
    package var counters = StationCounters()
    /// The common addresses that the station answers for, ascending.
    private(set) var commonAddresses: [CommonAddress] = []

    /// Takes a time that a controlling station has sent, where the settings allow it.
    package var onClockSynchronization: ((CP56Time2a) -> Void)?
    /// Carries a command out, before the deadline or not at all, and tells by `commandWritten` whether the store has
    /// it. False if it can't even try.
    package var onCommand: ((CommandOrder, _ deadline: NIODeadline) -> Bool)?
    /// Takes answers of the process that no command waits for.
    package var onUnexpectedAnswer: ((CommandAnswer) -> Void)?
    /// Takes every command and what became of it.
    package var onCommandRecord: ((CommandRecord) -> Void)?
    /// Tells whether a host may command.
    package var mayCommand: (_ peer: String) -> Bool = { _ in true }
    /// The moment that a time tag means, in milliseconds since 1970 UTC; nil if it doesn't exist.
    package var moment: (CP56Time2a) -> Int64? = { $0.millisecondsSince1970() }
    /// The commands that the station takes.
    var commands: CommandTable
    /// False refuses every command: the station is about to stop.
    var takesCommands = true
    private var lastOwner: CommandMachine.Owner = 0
    /// What controlling stations are told of the last initialization.
    var causeOfInitialization = CauseOfInitialization.localPowerOn

    let timeTag: TimeTag
    /// The time of day that the station's own time tags show.
    package let milliseconds: TimeOfDay
    private var resetDue: NIODeadline?
    private var sessions: [StationSession] = []
    private var definedCommonAddresses: Set<CommonAddress> = []
    private var toldPeers: Set<String> = []
    private var twins: TwinRecognition
    private var echoes: DeferredEchoes
    private var deadbands: [Int32: Deadband] = [:]
    private var schedule = CyclicSchedule()

    /// An empty station.
    package init(
        settings: StationSettings = StationSettings(), milliseconds: @escaping TimeOfDay, timeTag: @escaping TimeTag
    ) {
        self.settings = settings
        self.milliseconds = milliseconds
        self.timeTag = timeTag
        commands = CommandTable(run: String(milliseconds(), radix: 36))
        twins = TwinRecognition(capacity: settings.eventBuffer)
        echoes = DeferredEchoes()
    }

    /// Number of points served.
    package var pointCount: Int { image.count }
    /// Events there have been since the start.
    package var eventCount: UInt64 { log.eventCount }

    // MARK: Definition

    /// Replaces what the station serves. Points that stay keep their values, sessions keep running.
    ///
    /// - Parameter commonAddresses: addresses that are answered for even without a point in monitor direction.
    package func define(
        _ definitions: [PointDefinition], commonAddresses: Set<CommonAddress> = [], settings: StationSettings,
        now: NIODeadline
    ) {
        self.settings = settings
        let reusingSlots = !sessions.contains(where: \.hasCursors)
        let servesUndefinedPoints = settings.servesUndefinedPoints
        image.keepOnly(Set(definitions.lazy.map(\.address))) { servesUndefinedPoints && $0.flags.contains(.known) }
        image.reserve(definitions.count)
        deadbands.removeAll()
        var cyclic: [Sweep.Key: ContiguousArray<Int32>] = [:]
        for definition in definitions {
            let slot = image.define(definition, reusingSlots: reusingSlots)
            // What was held back for the point as it was before may be of another kind.
            if !image[slot].flags.contains(.known) { echoes.forget(definition.address) }
            if let deadband = definition.deadband { deadbands[slot] = Deadband(width: deadband) }
            if let seconds = definition.periodicInterval {
                cyclic[.cyclic(.periodic, interval: seconds), default: []].append(slot)
            }
            if let seconds = definition.backgroundInterval {
                cyclic[.cyclic(.background, interval: seconds), default: []].append(slot)
            }
        }
        schedule.replace(cyclic, now: now)
        definedCommonAddresses = commonAddresses
        refreshCommonAddresses()
    }

    /// True if requests to this common address are answered.
    func serves(_ commonAddress: CommonAddress) -> Bool {
        var low = 0
        var high = commonAddresses.count
        while low < high {
            let middle = (low + high) / 2
            if commonAddresses[middle] < commonAddress { low = middle + 1 } else { high = middle }
        }
        return low < commonAddresses.count && commonAddresses[low] == commonAddress
    }

    func interrogationOrder() -> InterrogationOrder {
        image.order()
    }

    private func refreshCommonAddresses() {
        commonAddresses = definedCommonAddresses.union(image.order().commonAddresses).sorted()
    }

    // MARK: Updates

    /// Applies one update: to the image, and to the event log if it is to be sent.
    @discardableResult
    package func apply(_ update: PointUpdate, now: NIODeadline) -> PointUpdateOutcome {
        guard let slot = slot(for: update) else {
            counters.unmapped += 1
            return .unmapped
        }
        echoes.forget(update.address)
        var update = update
        update.information = image.counters.running(update.information, of: slot)
        let outcome: PointUpdateOutcome
        switch update.kind {
        case .event: outcome = apply(event: update, at: slot, now: now)
        case .state: outcome = apply(state: update, at: slot, now: now)
        }
        if outcome == .duplicate { counters.duplicates += 1 }
        return outcome
    }

    /// The source has lost its state of a point: the last value stays, marked IV and NT, and that is sent once.
    package func removeState(of address: PointAddress, at milliseconds: Int64, now: NIODeadline) {
        echoes.forget(address)
        guard let slot = image.slot(of: address), image[slot].flags.contains(.hasState) else { return }
        keepTwin(at: slot, now: now)
        image[slot].flags.remove([.hasState, .sourceTimestamp, .fromState])
        image[slot].information.quality.formUnion([.invalid, .notTopical])
        image[slot].information.time = timeTag(milliseconds)
        image[slot].timestamp = milliseconds
        image[slot].cause = .spontaneous
        deadbands[slot]?.reset()
        send(image[slot].information, at: slot, cause: .spontaneous)
    }

    /// The slot that an update goes to. Where no definition says how a point is served, its updates do.
    private func slot(for update: PointUpdate) -> Int32? {
        if let slot = image.slot(of: update.address),
            !settings.servesUndefinedPoints || image[slot].type == update.type
        {
            return slot
        }
        guard settings.servesUndefinedPoints, ProcessInformation.elementSize(of: update.type) != nil else { return nil }
        let slot = image.define(
            PointDefinition(address: update.address, type: update.type),
            reusingSlots: !sessions.contains(where: \.hasCursors))
        if !serves(update.address.commonAddress) { refreshCommonAddresses() }
        return slot
    }

    private func apply(event update: PointUpdate, at slot: Int32, now: NIODeadline) -> PointUpdateOutcome {
        let flags = image[slot].flags
        if flags.contains(.awaitsTwin), consumesTwin(update, at: slot, now: now) { return .duplicate }
        twins.received(event: update, replacing: image[slot], now: now)
        // An event from before the image's value is still news, but it doesn't set the image back.
        let isOlder =
            flags.isSuperset(of: [.known, .sourceTimestamp]) && update.hasSourceTimestamp
            && update.timestamp < image[slot].timestamp
        if !isOlder { take(update, at: slot, now: now) }
        guard passesDeadband(update, at: slot) else { return .taken }
        send(update.information, at: slot, cause: update.cause)
        return .sent
    }

    private func apply(state update: PointUpdate, at slot: Int32, now: NIODeadline) -> PointUpdateOutcome {
        let point = image[slot]
        image[slot].flags.insert(.hasState)
        if point.flags.contains(.known), point.isUnchanged(by: update) {
            return point.flags.contains(.fromState) ? .taken : .duplicate
        } else if point.flags.contains(.known), !point.flags.contains(.fromState) {
            if point.isNewer(than: update) { return .duplicate }
            if twins.isEcho(update, of: point, now: now) {
                echoes.hold(update, until: now + TwinRecognition.window)
                return .deferred
            }
        }
        take(update, at: slot, now: now)
        image[slot].flags.insert(.fromState)
        guard passesDeadband(update, at: slot) else { return .taken }
        if !update.hasSourceTimestamp { twins.sent(state: update, now: now) }
        image[slot].flags.insert(.awaitsTwin)
        send(update.information, at: slot, cause: update.cause)
        return .sent
    }

    /// True if `event` was sent as state before, which is forgotten then.
    private func consumesTwin(_ event: PointUpdate, at slot: Int32, now: NIODeadline) -> Bool {
        let point = image[slot]
        let isOwn = point.awaitsOwnEvent && event.hasSourceTimestamp && point.isUnchanged(by: event)
        let verdict = twins.judge(event: event, isOwn: isOwn, now: now)
        if verdict.twin == .own || !point.awaitsOwnEvent && !verdict.areOthersAwaited {
            image[slot].flags.remove(.awaitsTwin)
        }
        return verdict.twin != .none
    }

    /// What the point shows is about to be replaced: if its event is still to come, it is remembered elsewhere.
    private func keepTwin(at slot: Int32, now: NIODeadline) {
        if image[slot].awaitsOwnEvent { twins.replaced(image[slot], now: now) }
    }

    private func take(_ update: PointUpdate, at slot: Int32, now: NIODeadline) {
        keepTwin(at: slot, now: now)
        image[slot].take(update)
    }

    private func passesDeadband(_ update: PointUpdate, at slot: Int32) -> Bool {
        guard image[slot].flags.contains(.deadband) else { return true }
        return deadbands[slot]?.passes(update.information) ?? true
    }

    private func send(_ information: ProcessInformation, at slot: Int32, cause: CauseOfTransmission) {
        counters.events += 1
        // Without a session, nobody will ever read this event: new ones begin with an interrogation.
        guard sessions.contains(where: { $0.position != nil }) else { return }
        _ = log.append(information, as: image[slot].type, cause: cause, address: image[slot].address)
    }

    /// Makes everything applied so far visible to the sessions and lets them send. A session that has fallen too far
    /// behind is closed.
    package func flush() {
        log.seal()
        var overrun: [StationSession] = []
        for session in sessions where session.position != nil {
            if session.behind > settings.eventBuffer { overrun.append(session) } else { session.link?.wake() }
        }
        for session in overrun {
            counters.overruns += 1
            session.link?.close(.overrun(behind: session.behind))
            remove(session)
        }
        discardReadEvents()
    }

    private func discardReadEvents() {
        guard log.chunkCount > 1 || sessions.isEmpty else { return }
        log.discard(before: sessions.lazy.compactMap(\.position))
    }

    // MARK: Source out of reach

    /// Whether the source can be reached. As long as not, states held back wait for what it may tell when it returns.
    package var isSourceReachable: Bool {
        get { !echoes.isSuspended }
        set { echoes.isSuspended = !newValue }
    }

    /// The source can't be reached: every point that has a value is shown not topical from now on, and that is sent.
    package func sourceLost(at milliseconds: Int64) {
        let slots = image.order().slots.filter { image[$0].flags.isSuperset(of: [.served, .known]) }
        for slot in slots { image[slot].flags.insert(.sourceLost) }
        sweepQuality(of: ContiguousArray(slots), at: milliseconds)
    }

    /// The source is back and its state has been applied: what is still marked loses the mark, and that is sent.
    package func sourceReturned(at milliseconds: Int64) {
        let slots = image.order().slots.filter { image[$0].flags.contains(.sourceLost) }
        for slot in slots { image[slot].flags.remove(.sourceLost) }
        sweepQuality(of: ContiguousArray(slots), at: milliseconds)
    }

    private func sweepQuality(of slots: ContiguousArray<Int32>, at milliseconds: Int64) {
        guard !slots.isEmpty else { return }
        for slot in deadbands.keys { deadbands[slot]?.reset() }
        let packer = PointPacker(
            form: .spontaneous, cause: .spontaneous, usesSequences: false, time: timeTag(milliseconds))
        for session in sessions where session.position != nil {
            session.begin(Sweep(key: .sourceQuality, slots: slots, packer: packer, behind: log.eventCount))
        }
        flush()
    }

    // MARK: Time

    /// When `deadlineReached` wants to be called.
    package var nextDeadline: NIODeadline? {
        [schedule.nextDeadline, echoes.nextDeadline, resetDue, commands.nextDeadline].compactMap { $0 }.min()
    }

    /// Does what is due: periodic and background transmission, and states held back that nothing newer followed.
    package func deadlineReached(_ now: NIODeadline) {
        if let due = resetDue, due <= now {
            resetDue = nil
            reset()
        }
        commandDeadlineReached(now)
        for update in echoes.due(now) {
            guard let slot = image.slot(of: update.address), !image[slot].isUnchanged(by: update) else { continue }
            take(update, at: slot, now: now)
            image[slot].flags.insert(.fromState)
            deadbands[slot]?.reset()
            send(update.information, at: slot, cause: update.cause)
        }
        for sweep in schedule.due(now) {
            for session in sessions where session.isStarted { session.begin(sweep) }
        }
        flush()
    }

    // MARK: Sessions

    /// A session for a new connection from `peer`.
    package func makeSession(peer: String) -> StationSession {
        let session = StationSession(station: self, peer: peer)
        sessions.append(session)
        return session
    }

    func remove(_ session: StationSession) {
        sessions.removeAll { $0 === session }
        discardReadEvents()
    }

    /// The common addresses to report initialized to `peer`: all of them until it has been told, none after that.
    func endOfInitialization(for peer: String) -> [CommonAddress] {
        toldPeers.contains(peer) || toldPeers.count >= Self.maximumPeers ? [] : commonAddresses
    }

    /// The last end of initialization has gone out to `peer`.
    func toldEndOfInitialization(to peer: String) {
        toldPeers.insert(peer)
    }

    func forgetToldPeers() {
        toldPeers.removeAll()
    }

    /// A number for a session whose data transfer starts.
    func nextOwner() -> CommandMachine.Owner {
        lastOwner += 1
        return lastOwner
    }

    /// The sessions there are.
    var openSessions: [StationSession] { sessions }

    /// Lets the confirmation of a reset go out first.
    func scheduleReset(now: NIODeadline) {
        resetDue = now + Self.resetDelay
    }

    /// M_EI_NA_1 with cause 4.
    func encodeEndOfInitialization(_ commonAddress: CommonAddress, into buffer: inout ByteBuffer) {
        DataUnitIdentifier(
            typeIdentification: .M_EI_NA_1, count: 1, cause: .initialized, commonAddress: commonAddress
        ).encode(into: &buffer)
        InformationObjectAddress.irrelevant.encode(into: &buffer)
        causeOfInitialization.encode(into: &buffer)
    }
}
