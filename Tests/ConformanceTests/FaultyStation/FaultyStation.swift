import Conformance
import IEC104Model
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TestBench

/// A small controlled station that shares no code with the product's and does one thing wrong on request.
///
/// Common address 1 has thirty single points, two measured values and a counter, 2 has one single point. 2001...2030 are
/// direct single commands, 2101...2130 select-and-execute ones, 2201... double commands, 2501... set-points; 3001... and 3101... are their return information, which can be read but
/// is in no interrogation.
final class FaultyStation: Sendable {
    static let link = LinkProfile(t1: 3, t2: 1, t3: 2, k: 6, w: 3)
    static let selectTime = TimeAmount.seconds(5)

    /// What the station declares.
    static let profile: StationProfile = {
        var profile = StationProfile()
        profile.name = "Station of the tests"
        profile.link = link
        profile.connections = 100
        profile.functions = [
            .groupInterrogation, .counterInterrogation, .read, .testCommand, .clockSynchronization, .commands,
            .timeTaggedCommands, .endOfInitialization, .sameClock,
        ]
        profile.points = points
        profile.commonAddresses = [1, 2]
        for address in 1...30 {
            var direct = ProfileCommand(1, 2000 + address, .C_SC_NA_1)
            direct.returns = 3000 + address
            profile.commands.append(direct)
            var select = ProfileCommand(1, 2100 + address, .C_SC_NA_1)
            select.operation = .select
            select.returns = 3100 + address
            profile.commands.append(select)
        }
        for address in 1...5 {
            var double = ProfileCommand(1, 2200 + address, .C_DC_NA_1)
            double.returns = 3200 + address
            profile.commands += [double, ProfileCommand(1, 2500 + address, .C_SE_NC_1)]
        }
        profile.freeCommonAddress = 3
        profile.freeObjectAddress = 9999
        profile.selectTimeout = 5
        profile.allowsRobustness = true
        profile.pace = .patient
        profile.pace.prompt = .seconds(4)
        profile.pace.silence = .seconds(1)
        return profile
    }()

    static let points: [ProfilePoint] =
        (1001...1030).map { address in
            var point = ProfilePoint(1, address, .M_SP_TB_1)
            if address == 1001 { point.groups = [1] }
            return point
        } + [
            ProfilePoint(1, 1501, .M_ME_NB_1), ProfilePoint(1, 1502, .M_ME_NB_1), ProfilePoint(1, 1701, .M_IT_NA_1),
            ProfilePoint(2, 4001, .M_SP_TB_1),
        ]

    static let returns: [ProfilePoint] = profile.commands.compactMap { command in
        command.returns.map { ProfilePoint(command.commonAddress, $0, .M_SP_TB_1) }
    }

    struct Selection {
        let connection: Int
        let octet: UInt8
        let time: NIODeadline
    }

    struct State {
        var links: [Int: NIOLoopBound<FaultyLink>] = [:]
        var values: [PointAddress: Int] = [:]
        var selections: [Int: Selection] = [:]
        var connections = 0
        /// The rest of an interrogation answer whose connection was lost.
        var leftOver: [[UInt8]] = []
        var isInitialized = false
        /// What is still to be sent to each connection by a station that answers slowly.
        var slowAnswers: [Int: [@Sendable () -> [UInt8]]] = [:]
    }

    let defect: Defect?
    let manner: Manner?
    let host: String
    let port: Int
    let link: LinkProfile
    /// How many it takes at once.
    private let connections: Int
    let state = NIOLockedValueBox(State())
    private let channel: NIOLockedValueBox<(any Channel)?> = NIOLockedValueBox(nil)
    private let traffic: NIOLockedValueBox<RepeatedTask?> = NIOLockedValueBox(nil)

    private init(_ defect: Defect?, _ setting: StationSetting, _ manner: Manner?) {
        self.defect = defect
        self.manner = manner
        host = LoopbackAddress.next()
        port = setting.port
        link = setting.link ?? Self.link
        connections = setting.connections ?? .max
    }

    /// Listens on an address of its own.
    static func start(
        _ defect: Defect?, _ setting: StationSetting = StationSetting(), _ manner: Manner? = nil
    ) async throws -> FaultyStation {
        let station = FaultyStation(defect, setting, manner)
        try await station.listen()
        return station
    }

    private func listen() async throws {
        let station = self
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup.next())
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: defect == .staysInCloseWait)
            .childChannelInitializer { channel in
                guard station.hasPlace else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    let number = station.state.withLockedValue { state in
                        state.connections += 1
                        return state.connections
                    }
                    try channel.pipeline.syncOperations.addHandler(FaultyLink(station, number: number))
                }
            }
            .bind(host: host, port: port).get()
        self.channel.withLockedValue { $0 = channel }
        guard manner == .answersSlowly else { return }
        let task = channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(80)) { [self] _ in
            answerSlowly()
        }
        traffic.withLockedValue { $0 = task }
    }

    /// Sends the next part of each answer that is under way, with the value that a point has now.
    private func answerSlowly() {
        let parts = state.withLockedValue { state in
            let parts = state.slowAnswers.compactMapValues(\.first)
            state.slowAnswers = state.slowAnswers.mapValues { Array($0.dropFirst()) }.filter { !$0.value.isEmpty }
            return parts
        }
        for (number, part) in parts { send(part(), to: number, isAnswer: true) }
    }

    /// Sends a part of an answer to an interrogation.
    func answer(_ number: Int, isAnswer: Bool = true, _ part: @escaping @Sendable () -> [UInt8]) {
        guard manner == .answersSlowly else { return send(part(), to: number, isAnswer: isAnswer) }
        state.withLockedValue { $0.slowAnswers[number, default: []].append(part) }
    }

    private var hasPlace: Bool {
        defect == .takesTooManyConnections || state.withLockedValue { $0.links.count } < connections
    }

    /// Sends twenty events a second of points that no case is about, as a live station does, until `stop`.
    func startTraffic() {
        let points = Self.points.filter { [1029, 1030, 4001].contains($0.objectAddress) }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let task = loop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(50)) { [self] _ in
            guard let point = points.randomElement() else { return }
            send(report(point, cause: 3, originator: 0), to: nil)
        }
        traffic.withLockedValue { $0 = task }
    }

    /// Ends it, and all its connections.
    func end() async {
        traffic.withLockedValue { $0 }?.cancel()
        try? await channel.withLockedValue { $0 }?.close()
        for link in state.withLockedValue({ $0.links.values }) { link.eventLoop.execute { link.value.close() } }
    }

    func restart() async throws {
        await end()
        state.withLockedValue { state in
            state.isInitialized = false
            state.selections = [:]
        }
        try await listen()
    }

    /// The station as a target of the suite.
    var target: TestTarget {
        var target = TestTarget(host: host, port: 2404, profile: Self.profile)
        target.feed = self
        return target
    }

    // MARK: Connections

    func opened(_ number: Int, _ link: NIOLoopBound<FaultyLink>) {
        state.withLockedValue { $0.links[number] = link }
    }

    func closed(_ number: Int) {
        state.withLockedValue { state in
            state.links[number] = nil
            state.slowAnswers[number] = nil
            state.selections = state.selections.filter { $0.value.connection != number }
        }
    }

    /// End of initialization of each common address, once after each start.
    func takeInitialization() -> [[UInt8]] {
        let isFirst = state.withLockedValue { state in
            defer { state.isInitialized = true }
            return !state.isInitialized
        }
        guard isFirst, defect != .doesNotTellInitialization else { return [] }
        return Self.profile.commonAddresses.map { [70, 1, 4, 0, UInt8($0), 0, 0, 0, 0, 0] }
    }

    func leave(_ asdus: [[UInt8]]) { state.withLockedValue { $0.leftOver += asdus } }

    func takeLeftOver() -> [[UInt8]] {
        state.withLockedValue { state in
            defer { state.leftOver = [] }
            return state.leftOver
        }
    }

    /// Sends an ASDU on one connection, or on all.
    func send(_ asdu: [UInt8], to number: Int?, isAnswer: Bool = false) {
        let links = state.withLockedValue { state in state.links.filter { number == nil || $0.key == number } }
        for link in links.values {
            if link.eventLoop.inEventLoop {
                link.value.enqueue(asdu, isAnswer: isAnswer)
            } else {
                link.eventLoop.execute { link.value.enqueue(asdu, isAnswer: isAnswer) }
            }
        }
    }

    /// An event that nobody has asked for.
    var spontaneous: [UInt8] { [1, 1, 3, 0, 1, 0, 0xE9, 0x03, 0x00, 1] }
}
