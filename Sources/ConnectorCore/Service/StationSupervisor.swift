internal import CMalloc
import DataStore
import IEC104Model
import IEC104Station
import Logging
import NIOCore

/// Makes the station follow the store: documents become settings and definitions, image keys states, stream entries
/// events. The follower calls it for one thing at a time.
actor StationSupervisor: StoreFollowerDelegate {
    private let keys: StoreKeys
    private let host: StationHost
    private let listener: ListenerService
    private let health: ConnectorHealth
    private let reports: ReportSink
    private let clock: StationClockBox
    private let streams: ConnectorStreams
    private let grace: TimeAmount
    private let logger: Logger

    private var documents: ServedDocuments
    private var reader: UpdateReader?
    private var plan: FollowPlan?
    private var wasConnected = false
    /// Documents that are missing when they are read next were not deleted one by one: the connection is new, or the
    /// store was emptied.
    private var mayHaveLostMemory = false
    private var lost = LostDocuments()
    /// The store doesn't tell what happens to keys: what is gone may have been lost at any time.
    private var isPolled = false
    private var lostReason: StoreError?
    /// Clients are let in once the image has been read.
    private var isServing = false

    init(
        keys: StoreKeys, host: StationHost, listener: ListenerService, health: ConnectorHealth, reports: ReportSink,
        clock: StationClockBox, streams: ConnectorStreams, grace: TimeAmount, logger: Logger
    ) {
        self.keys = keys
        self.host = host
        self.listener = listener
        self.health = health
        self.reports = reports
        self.clock = clock
        self.streams = streams
        self.grace = grace
        self.logger = logger
        documents = ServedDocuments(id: keys.id)
    }

    // MARK: Connection

    func storeChanged(_ state: StoreState) async {
        switch state {
        case .connected(let location, let isTracking):
            if wasConnected { health.storeReconnected() }
            (wasConnected, mayHaveLostMemory, isPolled) = (true, true, !isTracking)
            logger.info("store connected", metadata: ["store": "\(location)"])
            if !isTracking {
                logger.warning("the store doesn't report changes (CLIENT TRACKING refused): it is polled")
            }
            if let lostReason {
                reports.report(.storeLost, "the store was out of reach", source: location, detail: "\(lostReason)")
            }
            lostReason = nil
            health.note {
                $0.storeFault = nil
                // If it is still so, it is found out again.
                $0.inputStreamFault = nil
            }
        case .lost(let error):
            if lostReason != error { logger.error("store out of reach", metadata: ["reason": "\(error)"]) }
            lostReason = error
            health.note { $0.storeFault = "\(error)" }
            await host.sourceGone(grace: grace)
        }
    }

    func snapshotCompleted() async {
        await host.sourceReturned()
        // Reading documents takes many times what is kept of them; the allocator would hold on to it for good.
        malloc_trim(0)
        isServing = true
        serve()
    }

    private func serve() {
        guard isServing, let configuration = documents.configuration else { return }
        listener.want(configuration.network, configuration.link)
    }

    // MARK: Documents

    func storeFlushed() async {
        mayHaveLostMemory = true
    }

    func documentsChanged(configuration: ByteBuffer?, mapping: ByteBuffer?) async -> FollowPlan? {
        let plan = await take(configuration: configuration, mapping: mapping)
        mayHaveLostMemory = false
        serve()
        return plan
    }

    private func take(configuration: ByteBuffer?, mapping: ByteBuffer?) async -> FollowPlan? {
        noteLosses(
            LostDocuments(
                configuration: configuration == nil && documents.isConfigurationPresent,
                mapping: mapping == nil && documents.isMappingPresent))
        if configuration != nil { lost.configuration = false }
        if mapping != nil { lost.mapping = false }
        let before = documents.configuration
        if !lost.configuration {
            note(documents.take(configuration: configuration), .invalidConfig, keys.configuration, configuration)
        }
        let mappingBefore = documents.mapping
        if !lost.mapping { note(documents.take(mapping: mapping), .invalidMapping, keys.mapping, mapping) }

        let fault = documents.configurationFault ?? documents.mappingFault
        let isUsable = documents.isUsable
        health.note { [lost] conditions in
            guard let fault else { return conditions.documents = lost.names.map { .missing($0) } ?? .valid }
            conditions.documents = isUsable ? .previous(fault) : .unusable(fault)
        }
        guard isUsable, let settings = documents.configuration else { return nil }
        if plan == nil || settings != before || documents.mapping != mappingBefore {
            await apply(settings, before: before, mappingBefore: mappingBefore)
        }
        return plan
    }

    /// Keys that somebody deletes while the connector looks on are meant to be gone. A store that comes back without them,
    /// or was emptied, has more likely lost its memory: then each of them runs on until it is written again. Where the
    /// store is polled, that is told by both being gone at once.
    ///
    /// - Parameter gone: documents that were there when they were read last.
    private func noteLosses(_ gone: LostDocuments) {
        guard documents.isUsable, mayHaveLostMemory || isPolled && gone.configuration && gone.mapping,
            let names = gone.names, gone != lost
        else { return }
        lost = LostDocuments(
            configuration: lost.configuration || gone.configuration, mapping: lost.mapping || gone.mapping)
        reports.report(
            .documentsMissing, "the store has lost \(names): what was in force runs on", source: keys.configuration,
            detail: "write them again, or restart the connector to run without")
    }

    func documentUnreadable(_ key: String, reason: String) async {
        let isConfiguration = key == keys.configuration
        reports.report(
            isConfiguration ? .invalidConfig : .invalidMapping,
            "the \(isConfiguration ? "configuration" : "mapping") can't be read", source: key, detail: reason)
    }

    private func note(
        _ outcome: ServedDocuments.Outcome, _ code: Report.Code, _ key: String, _ text: ByteBuffer?
    ) {
        guard !outcome.isUnchanged else { return }
        let name = code == .invalidConfig ? "configuration" : "mapping"
        for fault in outcome.faults {
            switch fault.severity {
            case .error: reports.report(code, "the \(name) can't be used", source: key, detail: "\(fault)")
            case .warning: reports.report(.configWarning, "the \(name) has a flaw", source: key, detail: "\(fault)")
            }
        }
        guard outcome.isTaken else { return }
        let instead = code == .invalidConfig ? "the defaults are in force" : "the whole image is served"
        logger.info("\(text == nil ? "no \(name): \(instead)" : "\(name) taken")", metadata: ["key": "\(key)"])
    }

    private func apply(
        _ settings: ConnectorConfiguration, before: ConnectorConfiguration?, mappingBefore: PointMapping?
    ) async {
        if settings.time.zone != before?.time.zone { clock.current = StationClock(zone: settings.time.zone) }
        if !settings.time.acceptClockSync { clock.forgetSynchronization() }
        streams.use(settings.streams)
        let mapping = documents.mapping
        reader = UpdateReader(mapping: mapping, clock: clock)
        await host.define(
            mapping?.points.compactMap(\.definition) ?? [],
            commands: mapping?.points.compactMap {
                $0.commandDefinition(confirmation: settings.commands.confirmation)
            } ?? [],
            commonAddresses: Set(mapping?.points.lazy.map(\.address.commonAddress) ?? []),
            settings: StationSettings(settings, servesUndefinedPoints: mapping == nil), allow: settings.commands.allow)
        plan = FollowPlan(
            inputStream: settings.streams.input, points: mapping.map { .only($0.imageKeys) } ?? .all,
            reload: mapping?.keysReadDifferently(than: mappingBefore) ?? [])
        health.changed()
    }

    // MARK: Values

    func image(_ reads: [ImageRead]) async {
        guard let reader else { return }
        var inputs: [StationInput] = []
        inputs.reserveCapacity(reads.count)
        for read in reads {
            do {
                inputs.append(try reader.read(read))
            } catch {
                reportInvalid(error, source: "\(read.key)", text: read.content.text)
            }
        }
        await host.apply(inputs)
    }

    func entries(_ entries: [StreamEntry], of stream: String, areDocumentsCertain: Bool) async -> Int {
        guard let reader else { return areDocumentsCertain ? entries.count : 0 }
        var inputs: [StationInput] = []
        inputs.reserveCapacity(entries.count)
        var taken = 0
        for entry in entries {
            do {
                if let fault = entry.fault { throw PointDocumentFault("", fault) }
                let input = try reader.read(entry)
                if !areDocumentsCertain, case .unmapped = input { break }
                inputs.append(input)
            } catch {
                reportInvalid(error, source: "\(stream) \(entry.id)", text: entry.text)
            }
            taken += 1
        }
        health.received(entries: taken)
        await host.apply(inputs)
        return taken
    }

    func gap(_ gap: StreamGap) async {
        health.missed(entries: gap.missing ?? 0)
        let first = gap.first.map { "\($0)" } ?? "none"
        reports.report(
            .streamGap,
            gap.cause.message,
            source: gap.stream,
            detail: "\(gap.missing.map { "\($0)" } ?? "unknown how many") missing, read up to \(gap.after), "
                + "first there now \(first)")
    }

    func inputStreamRefused(_ stream: String, _ error: RedisError) async {
        reports.report(
            .invalidInputStream, "the input stream can't be read; it is tried again every second", source: stream,
            detail: "\(error)")
        health.note { $0.inputStreamFault = "\(stream): \(error)" }
    }

    func inputStreamAccepted(_ stream: String) async {
        logger.info("the input stream can be read again", metadata: ["stream": "\(stream)"])
        health.note { $0.inputStreamFault = nil }
    }

    private func reportInvalid(_ error: any Error, source: String, text: String) {
        reports.report(.invalidPoint, "\(error)", source: source, detail: text)
    }
}

extension StreamGap.Cause {
    fileprivate var message: String {
        switch self {
        case .removed: "entries of the input stream were removed before they were read"
        case .restarted: "the input stream was begun anew: what it held before and was not read is lost"
        case .setBack: "the store has lost the newest entries of the input stream: what was not read of them is lost"
        }
    }
}

extension ImageRead.Content {
    /// What stood there, for people.
    fileprivate var text: String {
        switch self {
        case .json(let text): text.excerpt
        case .hash(let fields): fields.excerpt
        case .absent, .unusable: ""
        }
    }
}

extension StreamEntry {
    fileprivate var text: String { fields.excerpt }
}

extension [StreamEntry.Field] {
    fileprivate var excerpt: String {
        map { "\($0.name)=\($0.value.excerpt)" }.joined(separator: " ")
    }
}

extension ByteBuffer {
    /// The beginning of a text, with what is no UTF-8 replaced.
    fileprivate var excerpt: String {
        String(decoding: readableBytesView.prefix(200), as: UTF8.self) + (readableBytes > 200 ? "..." : "")
    }
}
