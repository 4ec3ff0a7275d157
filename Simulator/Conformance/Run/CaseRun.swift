import ControllingStation
import IEC104Model
import NIOCore
import Synchronization

/// One run of one case: its connections, its points, and what it has found out.
package final class CaseRun: Sendable {
    private final class Shared: Sendable {
        struct State {
            var connections: [ProbeConnection] = []
            var points: [ProfilePoint] = []
            var commands: [ProfileCommand] = []
            var observed = ""
        }

        let state = Mutex(State())
        let log: FrameLog
        let lease: PointLease
        let witness: Witness

        init(log: FrameLog, lease: PointLease, witness: Witness) {
            self.log = log
            self.lease = lease
            self.witness = witness
        }
    }

    package let target: TestTarget
    private let shared: Shared
    /// True for a station that the case has for itself.
    private let isOwn: Bool

    convenience init(_ target: TestTarget, log: FrameLog, lease: PointLease, witness: Witness) {
        self.init(target, Shared(log: log, lease: lease, witness: witness), isOwn: false)
    }

    private init(_ target: TestTarget, _ shared: Shared, isOwn: Bool) {
        self.target = target
        self.shared = shared
        self.isOwn = isOwn
    }

    // MARK: What is known of the station

    package var profile: StationProfile { target.profile }
    package var pace: ProbePace { profile.pace }
    /// The declared parameters; the standard's defaults where nothing is declared.
    package var link: LinkProfile { profile.link ?? LinkProfile() }
    package var k: Int { link.k }
    package var w: Int { link.w }
    package var t1: Duration { .seconds(link.t1) }
    package var t2: Duration { .seconds(link.t2) }
    package var t3: Duration { .seconds(link.t3) }
    /// What all cases have seen so far.
    package var witness: Witness { shared.witness }

    // MARK: Connections

    /// A connection; data transfer isn't started.
    package func connect(
        from localAddress: String? = nil, segmentSize: Int? = nil, reads: Bool = true
    ) async throws -> ProbeConnection {
        let options = ProbeConnection.Options(
            localAddress: localAddress ?? target.localAddress?(), segmentSize: segmentSize, reads: reads)
        let number = shared.state.withLock { $0.connections.count }
        let label = String(UnicodeScalar(UInt8(65 + number % 26)))
        do {
            let connection = try await ProbeConnection.connect(
                host: target.host, port: target.port, label: label, log: shared.log, pace: pace, options: options)
            shared.state.withLock { $0.connections.append(connection) }
            return connection
        } catch {
            throw CaseStop.failed(
                expected: "a connection to \(target.host):\(target.port)",
                came: "\(ConnectFault(error, host: target.host, port: target.port, t0: .seconds(10)))")
        }
    }

    /// A connection with data transfer started and everything that comes of that received and acknowledged.
    package func start(from localAddress: String? = nil) async throws -> ProbeConnection {
        let connection = try await connect(from: localAddress)
        try await start(connection)
        return connection
    }

    /// Starts data transfer and receives and acknowledges everything that comes of that.
    package func start(_ connection: ProbeConnection) async throws {
        try await connection.startTransfer()
        try await settle(connection)
    }

    /// Makes sure that everything the station has sent so far is received: the answer to a harmless request comes
    /// behind it.
    ///
    /// - Returns: the answer.
    @discardableResult
    package func settle(_ connection: ProbeConnection) async throws -> ProbeFrame {
        try await connection.send(harmless)
        return try await connection.expect(harmlessAnswer, within: pace.prompt * 3)
    }

    // MARK: Stations of one's own

    /// Runs steps with a station that nobody else uses.
    package func withStation(
        _ setting: StationSetting = StationSetting(), _ body: @Sendable (CaseRun, any OwnStation) async throws -> Void
    ) async throws {
        guard let bench = target.bench else { throw CaseStop.skipped("the bench can't start further stations") }
        try await bench.withStation(setting) { station in
            var target = self.target
            (target.host, target.port) = (station.host, station.port)
            target.feed = station.feed
            target.process = nil
            target.profile.link = setting.link ?? target.profile.link
            target.profile.connections = setting.connections ?? target.profile.connections
            if let points = setting.points {
                target.profile.points = points
                target.profile.commonAddresses = Set(points.map(\.commonAddress)).sorted()
            }
            self.shared.log.note("a station of its own, \(station.host):\(station.port)")
            let before = self.shared.state.withLock { $0.connections.count }
            try await body(CaseRun(target, self.shared, isOwn: true), station)
            // The station ends before the case does.
            for connection in self.shared.state.withLock({ $0.connections.dropFirst(before) }) {
                await connection.close()
            }
        }
    }

    // MARK: Points

    /// A point that no other case changes meanwhile; waits until one is free.
    package func point(_ type: TypeIdentification, exactly: Bool = false) async throws -> ProfilePoint {
        let profile = profile
        let isWanted = { (point: ProfilePoint) in
            profile.isFree(point) && (exactly ? point.type == type : point.type.withoutTimeTag == type.withoutTimeTag)
        }
        guard profile.points.contains(where: isWanted) else {
            throw CaseStop.skipped("the profile has no point of type \(type)")
        }
        let point =
            isOwn
            ? ownPoint(isWanted)
            : try await lease("point of type \(type)") { $0.take(from: profile.points, where: isWanted) }
        guard let point else { throw CaseStop.skipped("the profile has no free point of type \(type)") }
        shared.state.withLock { $0.points.append(point) }
        return point
    }

    /// As many points.
    func points(_ type: TypeIdentification, _ count: Int) async throws -> [ProfilePoint] {
        var points: [ProfilePoint] = []
        for _ in 0..<count { points.append(try await point(type)) }
        return points
    }

    private func ownPoint(_ isWanted: (ProfilePoint) -> Bool) -> ProfilePoint? {
        let taken = shared.state.withLock { Set($0.points) }
        return profile.points.first { isWanted($0) && !taken.contains($0) }
    }

    /// A command point that no other case uses meanwhile; waits until one is free.
    func command(where isWanted: (ProfileCommand) -> Bool) async throws -> ProfileCommand {
        guard profile.commands.contains(where: isWanted) else {
            throw CaseStop.skipped("the profile has no command point of the kind")
        }
        let command = try await lease("command point") { $0.take(from: profile.commands, where: isWanted) }
        shared.state.withLock { $0.commands.append(command) }
        return command
    }

    /// Waits until something is free.
    private func lease<Value>(_ what: String, _ take: (PointLease) -> Value?) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if let value = take(shared.lease) { return value }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CaseStop.skipped("the profile has no \(what) that other cases leave free")
    }

    /// Changes points, in this order.
    package func feed(_ updates: FeedUpdate...) async throws { try await feed(updates) }

    package func feed(_ updates: [FeedUpdate]) async throws {
        guard let feed = target.feed else { throw CaseStop.skipped("there is no way to change points") }
        let names = updates.prefix(3).map { "\($0.commonAddress)/\($0.objectAddress) := \($0.value.text)" }
        let more = updates.count > 3 ? " and \(updates.count - 3) more" : ""
        shared.log.note("fed: " + names.joined(separator: ", ") + more)
        do {
            try await feed.write(updates)
        } catch {
            throw CaseStop.inconclusive("points can't be changed: \(error)")
        }
    }

    // MARK: Findings

    /// Ends the case unless something is so.
    package func check(
        _ isSo: Bool, _ expected: @autoclosure () -> String, came: @autoclosure () -> String = "otherwise"
    ) throws {
        if !isSo { throw CaseStop.failed(expected: expected(), came: came()) }
    }

    /// Ends the case unless what it judges could be brought about.
    package func require(_ isSo: Bool, _ reason: @autoclosure () -> String) throws {
        if !isSo { throw CaseStop.inconclusive(reason()) }
    }

    /// Tells what the station does where the standard leaves it open; the profile may have declared it.
    package func observe(_ answer: String) {
        shared.state.withLock { $0.observed = answer }
        shared.log.note("observed: \(answer)")
    }

    package func note(_ text: String) { shared.log.note(text) }

    var observed: String { shared.state.withLock { $0.observed } }

    // MARK: The end

    /// The station still takes part: TESTFR con on a connection that is open, or STARTDT con on a new one where the case
    /// has seen all others end. One that has ended by itself is a fault.
    func expectLiveness() async throws {
        let connections = shared.state.withLock { $0.connections }
        for connection in connections where await connection.hasEndedUnasked {
            throw CaseStop.failed(
                expected: "a connection that lasts to the end of the case",
                came: "the end of connection \(connection.label)")
        }
        for connection in connections.reversed() where await !connection.isClosed {
            do {
                return try await connection.expectAlive()
            } catch let stop as CaseStop {
                if await connection.isClosed, await !connection.holdsAcknowledgements { throw stop }
                // Whether TESTFR act is confirmed is for other cases.
                break
            }
        }
        try Task.checkCancellation()
        let connection = try await connectWhenFree()
        try await connection.startTransfer()
    }

    /// Closes what is open and gives the points back.
    func end() async {
        let (connections, points, commands) = shared.state.withLock { ($0.connections, $0.points, $0.commands) }
        for connection in connections where await !connection.isClosed { await connection.close() }
        shared.lease.giveBack(points, commands)
    }
}

extension FeedUpdate.Value {
    /// For people and for JSON.
    package var text: String {
        switch self {
        case .bool(let bool): "\(bool)"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        }
    }
}
