import ControllingStation
import IEC104Model
import TestBench

/// A connector with commands, and one master that gives them.
struct CommandFixture {
    let fixture: ConnectorFixture
    let master: TestMaster

    static let mapping = """
        { "points": [
          { "casdu": 1, "ioa": 1001, "type": 1 },
          { "casdu": 1, "ioa": 2001, "type": 45 },
          { "casdu": 1, "ioa": 2002, "type": 45, "selectBeforeOperate": true },
          { "casdu": 1, "ioa": 2003, "type": 45, "confirmation": "process" },
          { "casdu": 1, "ioa": 2004, "type": 45, "confirmation": "store" },
          { "casdu": 1, "ioa": 2101, "type": 46, "invert": true }, { "casdu": 1, "ioa": 2201, "type": 47 },
          { "casdu": 1, "ioa": 2301, "type": 48 }, { "casdu": 1, "ioa": 2401, "type": 49 },
          { "casdu": 1, "ioa": 2501, "type": 50 },
          { "casdu": 1, "ioa": 2502, "type": 50, "scale": 0.5, "offset": 10, "min": -20, "max": 20 },
          { "casdu": 1, "ioa": 2601, "type": 51 }
        ] }
        """

    /// - Parameters:
    ///   - commands: the fields of `commands`.
    ///   - options: of the server.
    static func with(
        _ commands: String = #""timeout":2"#, options: ThrowawayRedis.Options = ThrowawayRedis.Options(),
        _ body: (CommandFixture) async throws -> Void
    ) async throws {
        let fields = #", "commands": { \#(commands) }"#
        try await ConnectorFixture.with(
            options: options, mapping: mapping,
            configuration: { ConnectorFixture.configuration(host: $0, fields) }
        ) { fixture in
            try await body(CommandFixture(fixture: fixture, master: try await fixture.startedMaster()))
        }
    }

    /// The connector reaches its store by a relay, which can cut connections.
    static func withRelay(
        _ commands: String, _ body: (CommandFixture, TCPRelay) async throws -> Void
    ) async throws {
        try await withThrowawayRedis { redis in
            let host = LoopbackAddress.next()
            let fields = #", "commands": { \#(commands) }"#
            try await redis.send(["SET", ConnectorFixture.keys.mapping, mapping])
            try await redis.send([
                "SET", ConnectorFixture.keys.configuration, ConnectorFixture.configuration(host: host, fields),
            ])
            let relay = try await TCPRelay.start(to: redis.configuration.endpoint)
            var store = redis.configuration
            store.endpoint = relay.endpoint
            try await ConnectorFixture.run(redis, host: host, store: store) { fixture in
                try await body(CommandFixture(fixture: fixture, master: try await fixture.startedMaster()), relay)
            }
            await relay.stop()
        }
    }

    /// Changes `commands` in the configuration of the running connector, which applies it soon.
    func configure(_ commands: String) async throws {
        let fields = #", "commands": { \#(commands) }"#
        try await fixture.redis.send(
            ["SET", ConnectorFixture.keys.configuration, ConnectorFixture.configuration(host: fixture.host, fields)])
    }

    /// Sends one command.
    func send(
        _ element: InformationElement, at objectAddress: UInt32, cause: CauseOfTransmission = .activation,
        commonAddress: UInt16 = 1, originator: UInt8 = 0, by other: TestMaster? = nil
    ) async throws {
        let point = PointAddress(commonAddress, objectAddress)
        let asdu = ASDU(
            InformationObject(address: point.informationObjectAddress, element: element), cause: cause,
            commonAddress: point.commonAddress, originatorAddress: originator)
        try await (other ?? master).connection.send(asdu)
    }

    /// A single command to switch on.
    func switchOn(_ objectAddress: UInt32, isSelect: Bool = false) async throws {
        try await send(
            .C_SC_NA_1(C_SC_NA_1(command: SingleCommand(rawValue: isSelect ? 0x81 : 0x01))), at: objectAddress)
    }

    /// The next answer to a command: its cause, negative with a minus.
    func answer(within limit: Duration = .seconds(10), of other: TestMaster? = nil) async throws -> String {
        let deadline = ContinuousClock.now + limit
        while let asdu = try await (other ?? master).next(until: deadline) {
            guard let identifier = asdu.asdu?.identifier, identifier.typeIdentification.isCommand else { continue }
            return "\(identifier.isNegative ? "-" : "+")\(identifier.cause.rawValue)"
        }
        return "none"
    }

    /// The next answers to commands.
    func answers(_ count: Int, of other: TestMaster? = nil) async throws -> [String] {
        var answers: [String] = []
        for _ in 0..<count { answers.append(try await answer(of: other)) }
        return answers
    }

    /// The documents in the output stream, oldest first.
    func outputs() async throws -> [String] {
        let entries =
            try await fixture.redis.send(["XRANGE", "connectors:\(ConnectorFixture.id):output", "-", "+"]).elements
            ?? []
        return entries.compactMap { $0.elements?.last?.elements?.last?.string }
    }

    /// Holds up everything that writes to the server; what only reads goes on.
    func pauseWrites(_ time: Duration) async throws {
        try await fixture.redis.send(["CLIENT", "PAUSE", "\(Int(time / .milliseconds(1)))", "WRITE"])
    }

    /// The process answers a command on the input stream.
    ///
    /// - Parameter id: the command it means; empty for the one that waits.
    func processAnswers(
        _ cause: Int, at objectAddress: Int = 2003, isNegative: Bool = false, id: String = ""
    ) async throws {
        let negative = (isNegative ? #","negative":true"# : "") + (id.isEmpty ? "" : #","id":"\#(id)""#)
        try await fixture.add(
            #"{"casdu":1,"ioa":\#(objectAddress),"type":45,"value":true,"cot":\#(cause)\#(negative)}"#)
    }
}
