import DataStore
import IEC104Channel
import IEC104Link
import IEC104Model
import IEC104Station
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import ConnectorCore

/// The connector's station as a whole, in memory and in virtual time: documents of the store go in on one side, octets
/// come out on the other. Only the sockets and the store's connection are missing.
final class StationBench {
    /// The times and counts that the catalogue gives for test runs.
    static let fast = LinkParameters(t1: 3, t2: 1, t3: 4, k: 4, w: 2)
    /// The same, on a line that is never tested.
    static let patient = LinkParameters(t1: 3, t2: 1, t3: 172_800, k: 4, w: 2)
    /// 2026-01-15T10:30:00.123Z
    static let moment: Int64 = 1_768_473_000_123

    let loop = EmbeddedEventLoop()
    let station: StationLoop
    /// What went wrong.
    let reports: ReportSink
    private let parameters: LinkParameters
    private let clock: StationClockBox
    private let hostTime = NIOLockedValueBox(StationBench.moment)
    private var reader: UpdateReader
    private var settings: StationSettings
    private var points = ""
    private var entries: UInt64 = 0
    /// What the store does with commands.
    var store = CommandStore.takes
    /// The commands that the station has handed to the store.
    private(set) var orders: [CommandOrder] = []
    private var allow: [AddressRange] = []

    /// - Parameters:
    ///   - points: the elements of the mapping's `points`.
    ///   - zone: the zone of time tags.
    init(
        _ points: String = TestStation.points, parameters: LinkParameters = fast,
        settings: StationSettings = StationSettings(), zone: String = "UTC"
    ) throws {
        self.parameters = parameters
        self.settings = settings
        var quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        quiet.logLevel = .critical
        let hostTime = hostTime
        let clock = StationClockBox(zone: zone, hostTime: { hostTime.withLockedValue { $0 } })
        self.clock = clock
        let inner = Station(
            settings: settings, milliseconds: { clock.now() }, timeTag: { clock.current.timeTag($0) })
        reports = ReportSink(logger: quiet)
        station = StationLoop(station: inner, eventLoop: loop, reports: reports, logger: quiet, onChange: {})
        station.synchronize(clock)
        reader = UpdateReader(mapping: nil, clock: clock)
        station.handOnCommands { [unowned self] order, _ in
            orders.append(order)
            if StationDefect.current == .executesTwice { orders.append(order) }
            if store == .takes || store == .waits { goesToStore(order) }
            if store == .takes { commandWritten(order, isTaken: true) }
            return store != .isAway
        }
        try serve(points)
    }

    /// Another mapping is in force from now on.
    func serve(_ points: String) throws {
        self.points = points
        let mapping = try TestStation.mapping(points)
        reader = UpdateReader(mapping: mapping, clock: clock)
        station.define(
            mapping.points.compactMap(\.definition),
            mapping.points.compactMap { point in
                var command = point.commandDefinition(confirmation: .store)
                if StationDefect.current == .executesWithoutSelection { command?.selectBeforeOperate = false }
                return command
            },
            Set(mapping.points.map(\.address.commonAddress)), settings, allow: allow)
    }

    /// Other settings are in force from now on.
    func change(allow: [AddressRange] = [], _ body: (inout StationSettings) -> Void = { _ in }) throws {
        body(&settings)
        self.allow = allow
        try serve(points)
    }

    // MARK: The store

    /// An image key holds this document now; nil for one that is gone.
    func set(_ objectAddress: UInt32, _ document: String?, commonAddress: UInt16 = 1) throws {
        let content = document.map { ImageRead.Content.json(ByteBuffer(string: $0)) } ?? .absent
        let key = PointKey(commonAddress: commonAddress, objectAddress: objectAddress)
        station.apply([try reader.read(ImageRead(key: key, content: content))])
    }

    /// The store has the command that was handed to it, or will never take it.
    func commandWritten(_ order: CommandOrder?, isTaken: Bool) {
        guard let order else { return }
        station.commandWritten(order, isTaken ? .taken(at: hostTime.withLockedValue { $0 }) : .refused("away"))
    }

    /// The connection to the store is lost while it is being written.
    func connectionLost(writing order: CommandOrder?) {
        if let order { station.commandWritten(order, .unknown(notBefore: hostTime.withLockedValue { $0 }, "lost")) }
    }

    /// The command is being sent to the store.
    ///
    /// - Returns: false if it must not be sent any more.
    @discardableResult
    func goesToStore(_ order: CommandOrder?) -> Bool {
        order.map { station.station.commandGoesToStore($0) } ?? false
    }

    /// Entries of the input stream, which come in one batch.
    func add(_ documents: String...) throws { try add(documents) }

    /// - Parameter age: for how long the store has had them.
    func add(_ documents: [String], age: TimeAmount = .zero) throws {
        station.apply(
            try documents.map { document in
                entries += 1
                let milliseconds = hostTime.withLockedValue { $0 } - age.nanoseconds / 1_000_000
                let id = StreamID(milliseconds: UInt64(milliseconds), sequence: entries)
                let field = StreamEntry.Field(name: "data", value: ByteBuffer(string: document))
                return try reader.read(StreamEntry(id: id, fields: [field]))
            })
    }

    // MARK: Time

    /// Time goes by, for the wall clock too.
    func advance(by time: TimeAmount) {
        hostTime.withLockedValue { $0 += time.nanoseconds / 1_000_000 }
        loop.advanceTime(by: time)
    }

    /// Somebody sets the host's clock; no time goes by.
    func jumpHostClock(by time: TimeAmount) {
        hostTime.withLockedValue { $0 += time.nanoseconds / 1_000_000 }
    }

    /// What the station's time is ahead of the host's, in milliseconds.
    var clockOffset: Int64 { clock.now() - hostTime.withLockedValue { $0 } }

    // MARK: Controlling stations

    /// A controlling station whose connection is established.
    func connect(_ host: String = "127.0.0.1") throws -> BenchMaster {
        let handler = LinkHandler(role: .controlled, parameters: parameters, user: station.makeUser(host))
        let channel = EmbeddedChannel(handler: handler, loop: loop)
        channel.connect(to: try SocketAddress(ipAddress: host, port: 2404), promise: nil)
        return BenchMaster(channel: channel, handler: handler)
    }

    /// One whose data transfer is started; end of initialization is read and acknowledged.
    func started(_ host: String = "127.0.0.1") throws -> BenchMaster {
        let master = try connect(host)
        #expect(try master.send(APDUs.startAct).first == APDUs.startCon)
        _ = try master.drain()
        return master
    }
}
