import ControllingStation
import DataStore
import IEC104Link
import IEC104Model
import NIOCore
import TestBench
import Testing

/// The real connector on a throwaway Redis, both on addresses of their own.
struct ConnectorFixture {
    static let id = "it"
    static let keys = StoreKeys(id: id)

    let redis: ThrowawayRedis
    /// The address that the connector listens on.
    let host: String
    let connector: ConnectorProcess

    /// Points of every monitored type, as the catalogue's test station has them, in the common addresses 1 and 2.
    static let mapping = """
        { "points": [
          { "casdu": 1, "ioa": 1001, "type": 30, "groups": [1] }, { "casdu": 1, "ioa": 1002, "type": 1 },
          { "casdu": 1, "ioa": 1101, "type": 31, "groups": [2] }, { "casdu": 1, "ioa": 1102, "type": 3 },
          { "casdu": 1, "ioa": 1201, "type": 32 }, { "casdu": 1, "ioa": 1202, "type": 5 },
          { "casdu": 1, "ioa": 1301, "type": 33 }, { "casdu": 1, "ioa": 1302, "type": 7 },
          { "casdu": 1, "ioa": 1401, "type": 34 }, { "casdu": 1, "ioa": 1402, "type": 9 },
          { "casdu": 1, "ioa": 1501, "type": 35 }, { "casdu": 1, "ioa": 1502, "type": 11 },
          { "casdu": 1, "ioa": 1601, "type": 36 }, { "casdu": 1, "ioa": 1602, "type": 13 },
          { "casdu": 1, "ioa": 1701, "type": 37, "counterGroup": 1 }, { "casdu": 1, "ioa": 1702, "type": 15 },
          { "casdu": 2, "ioa": 4001, "type": 30 }
        ] }
        """

    /// The same points, and one more.
    static func mapping(with point: String) -> String {
        mapping.replacing("\"points\": [", with: "\"points\": [ \(point),", maxReplacements: 1)
    }

    /// A configuration that listens on `host`, with room for ten masters unless `fields` say otherwise.
    static func configuration(host: String, port: Int = 2404, maxConnections: Int = 10, _ fields: String = "") -> String
    {
        """
        { "network": { "host": "\(host)", "port": \(port), "maxConnections": \(maxConnections) }\(fields) }
        """
    }

    /// Runs `body` with a connector that is `Running`, and ends everything afterwards.
    ///
    /// - Parameters:
    ///   - configuration: made from the address to listen on.
    ///   - prepare: called before the connector starts.
    static func with<Result: Sendable>(
        options: ThrowawayRedis.Options = ThrowawayRedis.Options(), mapping: String? = mapping,
        configuration: (_ host: String) -> String = { configuration(host: $0) },
        prepare: (ThrowawayRedis) async throws -> Void = { _ in },
        _ body: (ConnectorFixture) async throws -> Result
    ) async throws -> Result {
        try await withThrowawayRedis(options) { redis in
            let host = LoopbackAddress.next()
            try await redis.send(["SET", keys.configuration, configuration(host)])
            if let mapping { try await redis.send(["SET", keys.mapping, mapping]) }
            try await prepare(redis)
            return try await run(redis, host: host, body)
        }
    }

    /// Runs `body` with a connector that is `Running`, on documents that are there already.
    ///
    /// - Parameters:
    ///   - host: the address that the documents say.
    ///   - store: how the connector gets to the store; nil takes the way that `redis` names.
    ///   - redisOptions: added after `redis`.
    static func run<Result: Sendable>(
        _ redis: ThrowawayRedis, host: String, store: StoreConfiguration? = nil, redisOptions: [String] = [],
        environment: [String: String] = [:], _ body: (ConnectorFixture) async throws -> Result
    ) async throws -> Result {
        let connector = try ConnectorProcess(
            id: id, store: store ?? redis.configuration, redisOptions: redisOptions, environment: environment)
        do {
            try await connector.waitUntilRunning(within: .seconds(120))
            let result = try await body(ConnectorFixture(redis: redis, host: host, connector: connector))
            await connector.kill()
            return result
        } catch {
            print("connector log:\n" + connector.lines.suffix(40).map(\.text).joined(separator: "\n"))
            await connector.kill()
            throw error
        }
    }

    /// Writes the documents that a connector listening on `host` needs, at once: without the mapping, entries of points
    /// that don't name their type couldn't be used for a moment.
    static func writeDocuments(to redis: ThrowawayRedis, host: String) async throws {
        try await redis.send(["MSET", keys.configuration, configuration(host: host), keys.mapping, mapping])
    }

    /// Parameters of a master that doesn't acknowledge for a long time.
    static var patient: LinkParameters {
        var parameters = LinkParameters()
        (parameters.w, parameters.t2) = (32_767, .seconds(200))
        return parameters
    }

    // MARK: Writing to the store

    func set(_ commonAddress: Int, _ objectAddress: Int, _ document: String) async throws {
        try await redis.send(["SET", "process:image:casdu:\(commonAddress):ioa:\(objectAddress)", document])
    }

    func add(_ document: String) async throws {
        try await redis.send(["XADD", "process:updates", "*", "data", document])
    }

    /// Adds an event of the point 1:1602 for each number.
    func add(_ numbers: some Sequence<Int>) async throws {
        for number in numbers { try await add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#) }
    }

    /// Runs `body` while the connector can't reach the store, which lives on.
    func losingTheStore(_ body: () async throws -> Void) async throws {
        // Whoever connects is thrown out, but for the one connection that does it.
        try await redis.send(["CONFIG", "SET", "maxclients", "1"])
        try await redis.send(["CLIENT", "KILL", "SKIPME", "yes"])
        try await waitForLog("store out of reach")
        try await body()
        try await redis.send(["CONFIG", "SET", "maxclients", "100"])
    }

    // MARK: What the connector tells

    /// Waits for a line of the log that contains all of `parts`.
    func waitForLog(_ parts: String..., within limit: Duration = .seconds(30)) async throws {
        try await eventually("the log tells \(parts)", within: limit) {
            connector.lines.contains { line in parts.allSatisfy { line.text.contains($0) } }
        }
    }

    /// Attempts to reach the store that failed.
    var attempts: Int { connector.lines.count { $0.text.contains("tried again after a pause") } }

    func health(_ field: String) async throws -> String? {
        try await redis.send(["HGET", Self.keys.health, field]).string
    }

    /// All fields of health.
    func healthFields() async throws -> [String: String] {
        let flat = try await redis.send(["HGETALL", Self.keys.health]).elements?.compactMap(\.string) ?? []
        let pairs = stride(from: 0, to: flat.count - 1, by: 2).map { (flat[$0], flat[$0 + 1]) }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The JSON texts of the error stream, oldest first.
    func errors() async throws -> [String] {
        let entries = try await redis.send(["XRANGE", "connectors:\(Self.id):error", "-", "+"]).elements ?? []
        return entries.compactMap { $0.elements?.last?.elements?.last?.string }
    }

    /// Waits for an entry of the error stream that contains all of `parts`.
    func waitForError(_ parts: String...) async throws {
        try await eventually("the error stream tells \(parts)") {
            try await errors().contains { entry in parts.allSatisfy { entry.contains($0) } }
        }
    }

    // MARK: Masters

    /// A connected master; data transfer isn't started.
    func connect(parameters: LinkParameters = LinkParameters(), from localAddress: String? = nil) async throws
        -> ControllingConnection
    {
        try await ControllingConnection.connect(host: host, parameters: parameters, localAddress: localAddress)
    }

    /// A master with data transfer started, and all that it receives from then on.
    func startedMaster(from localAddress: String? = nil) async throws -> TestMaster {
        let connection = try await connect(from: localAddress)
        let subscription = await connection.subscribe()
        try await connection.startDataTransfer()
        return TestMaster(connection: connection, subscription: subscription)
    }
}

/// A master and what it has received.
struct TestMaster {
    let connection: ControllingConnection
    let subscription: ASDUSubscription

    /// The next points that are reported, at least `count` of them.
    ///
    /// - Throws: an error with what has come, if it isn't enough within `limit`.
    func points(_ count: Int, within limit: Duration = .seconds(20)) async throws -> [ReportedPoint] {
        var points: [ReportedPoint] = []
        let deadline = ContinuousClock.now + limit
        while points.count < count {
            guard let asdu = try await next(until: deadline) else {
                throw BenchError("\(points.count) of \(count) points within \(limit): \(points.map(\.address))")
            }
            points += asdu.points
        }
        return points
    }

    /// The next `count` values of the point 1:1602, as whole numbers.
    func numbers(_ count: Int, within limit: Duration = .seconds(30)) async throws -> [Int] {
        try await points(count, within: limit).compactMap { point in
            if case .shortFloat(let value)? = point.information?.value { Int(value) } else { nil }
        }
    }

    /// The next ASDU that isn't end of initialization; nil if none comes in time.
    func next(until deadline: ContinuousClock.Instant) async throws -> ReceivedASDU? {
        while true {
            guard let asdu = await subscription.next(until: deadline) else { return nil }
            if asdu.asdu?.identifier.typeIdentification != .M_EI_NA_1 { return asdu }
        }
    }

    /// Sends a direct single command.
    ///
    /// - Returns: the first answer to it.
    func command(_ address: PointAddress, isOn: Bool) async throws -> ASDU {
        let element = InformationElement.C_SC_NA_1(C_SC_NA_1(command: SingleCommand(rawValue: isOn ? 1 : 0)))
        guard
            let command = ASDU(
                [InformationObject(address: address.informationObjectAddress, element: element)], cause: .activation,
                commonAddress: address.commonAddress)
        else { throw BenchError("no command") }
        try await connection.send(command)
        let deadline = ContinuousClock.now + .seconds(20)
        while let asdu = try await next(until: deadline)?.asdu {
            if asdu.identifier.typeIdentification == .C_SC_NA_1 { return asdu }
        }
        throw BenchError("no answer to the command")
    }

    /// Makes sure that everything sent before has been received: the answer to a read command comes behind it.
    ///
    /// - Returns: the points received until then, without the one read.
    func pointsUntilRead(of address: PointAddress) async throws -> [ReportedPoint] {
        guard
            let read = ASDU(
                [InformationObject(address: address.informationObjectAddress, element: .C_RD_NA_1(C_RD_NA_1()))],
                cause: .request, commonAddress: address.commonAddress)
        else { throw BenchError("no read command") }
        try await connection.send(read)
        var points: [ReportedPoint] = []
        let deadline = ContinuousClock.now + .seconds(20)
        while let asdu = try await next(until: deadline) {
            if asdu.asdu?.identifier.cause == .request { return points }
            points += asdu.points
        }
        throw BenchError("no answer to the read command; received \(points)")
    }
}

extension PointAddress {
    init(_ commonAddress: UInt16, _ objectAddress: UInt32) {
        self.init(
            commonAddress: CommonAddress(rawValue: commonAddress),
            informationObjectAddress: InformationObjectAddress(rawValue: objectAddress) ?? .irrelevant)
    }
}
