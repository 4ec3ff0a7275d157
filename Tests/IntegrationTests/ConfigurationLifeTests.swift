import ControllingStation
import DataStore
import IEC104Link
import IEC104Model
import NIOCore
import NIOPosix
import TestBench
import Testing

@Suite("Configuration and mapping change while the connector runs")
struct ConfigurationLifeTests {
    static let oneMorePoint = """
        { "points": [
          { "casdu": 1, "ioa": 1602, "type": 13, "scale": 10 }, { "casdu": 5, "ioa": 1, "type": 1 }
        ] }
        """

    func setConfiguration(_ fixture: ConnectorFixture, _ text: String) async throws {
        try await fixture.redis.send(["SET", ConnectorFixture.keys.configuration, text])
    }

    func setMapping(_ fixture: ConnectorFixture, _ text: String) async throws {
        try await fixture.redis.send(["SET", ConnectorFixture.keys.mapping, text])
    }

    @Test("a new mapping keeps the connection; new points are served, others are gone, another scale counts at once")
    func mapping() async throws {
        try await ConnectorFixture.with(prepare: { redis in
            try await redis.send(["SET", "process:image:casdu:1:ioa:1602", #"{"value":1.5}"#])
            try await redis.send(["SET", "process:image:casdu:5:ioa:1", #"{"value":true}"#])
        }) { fixture in
            let master = try await fixture.startedMaster()
            try await setMapping(fixture, Self.oneMorePoint)
            let news = try await master.points(2)
            #expect(Set(news.compactMap { $0.information?.value }) == [.shortFloat(15), .singlePoint(true)])
            let answer = try await master.connection.interrogate()
            #expect(Set(answer.points.map(\.address)) == [PointAddress(1, 1602), PointAddress(5, 1)])
            let closeReason = await master.connection.closeReason
            #expect(closeReason == nil)
        }
    }

    @Test("an invalid document is reported with every fault, the previous one runs on; a valid one follows")
    func invalid() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await setMapping(
                fixture, #"{"points":[{"casdu":70000,"ioa":1,"type":1},{"casdu":1,"ioa":1,"type":200}]}"#)
            try await fixture.waitForError("invalid-mapping", "points[0].casdu", "0...65535", "70000")
            try await fixture.waitForError("invalid-mapping", "points[1].type")
            try await eventually("health tells that the previous one runs on") {
                try await fixture.health("message")?.contains("the previous configuration runs on") == true
            }
            let state = try await fixture.health("state")
            #expect(state == "Running")
            let count = try await master.connection.interrogate(commonAddress: 1).points.count
            #expect(count == 14)
            try await setMapping(fixture, Self.oneMorePoint)
            try await eventually("the valid one is in force") {
                try await master.connection.interrogate().points.count == 2
            }
            try await setMapping(fixture, "{")
            try await fixture.waitForError("invalid-mapping", "not JSON")
            let after = try await master.connection.interrogate().points.count
            #expect(after == 2)
        }
    }

    @Test("an unknown field is a warning with the nearest name, and the rest is applied")
    func unknownField() async throws {
        try await ConnectorFixture.with { fixture in
            let text = ConnectorFixture.configuration(host: fixture.host, maxConnections: 3)
            try await setConfiguration(
                fixture, text.dropLast() + #", "netwrok": 1, "interrogation": {"timeTags": true} }"#)
            try await fixture.waitForError("config-warning", "netwrok", #"did you mean \"network\"?"#)
            let master = try await fixture.startedMaster()
            let types = try await master.connection.interrogate(commonAddress: 2).points.map(\.type)
            #expect(types == [.M_SP_TB_1])
        }
    }

    @Test("another port binds anew: old connections end, new ones are taken there")
    func rebind() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await setConfiguration(fixture, ConnectorFixture.configuration(host: fixture.host, port: 2410))
            _ = try await master.connection.closed()
            try await eventually("port 2410 takes connections") {
                let connection = try await ControllingConnection.connect(host: fixture.host, port: 2410)
                try await connection.startDataTransfer()
                await connection.close()
                return true
            }
            await #expect(throws: ConnectFault.refused(host: fixture.host, port: 2404)) { try await fixture.connect() }
            try await eventually("health tells the port") { try await fixture.health("port") == "2410" }
        }
    }

    @Test("another k ends the connections and counts for new ones")
    func timers() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await setConfiguration(
                fixture,
                ConnectorFixture.configuration(host: fixture.host, #", "protocol": { "k": 2, "w": 1 }"#))
            _ = try await master.connection.closed()
            let connection = try await fixture.connect(parameters: ConnectorFixture.patient)
            let subscription = await connection.subscribe()
            try await connection.startDataTransfer()
            for number in 0..<10 { try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#) }
            try await eventually("the window is full") { await connection.statistics.informationReceived == 2 }
            _ = try await connection.test()
            #expect(subscription.count == 2, "k = 2: two I frames, then none without acknowledgement")
        }
    }

    @Test(
        "any other timer or window ends the connections in order: what was sent is there, then FIN",
        arguments: [#""t1":14"#, #""t2":9"#, #""t3":19"#, #""w":7"#])
    func eachParameter(field: String) async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":1}"#)
            try await setConfiguration(
                fixture, ConnectorFixture.configuration(host: fixture.host, ", \"protocol\": { \(field) }"))
            #expect(try await master.points(1).count == 1)
            let reason = try await master.connection.closed()
            #expect(reason == .remote, "\(reason)")
            let again = try await fixture.startedMaster()
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2}"#)
            #expect(try await again.points(1).count == 1)
        }
    }

    @Test("a point mapped while the store was away: its events from then are sent, each in its place")
    func mappedMeanwhile() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            let mapping = ConnectorFixture.mapping(with: #"{"casdu":1,"ioa":9,"type":13}"#)
            try await fixture.losingTheStore {
                try await setMapping(fixture, mapping)
                for object in [1602, 9, 1602] {
                    try await fixture.add(#"{"casdu":1,"ioa":\#(object),"value":\#(object)}"#)
                }
            }
            let points = try await master.points(3)
            #expect(points.map(\.address.informationObjectAddress.rawValue) == [1602, 9, 1602])
        }
    }

    @Test("parameters and events written while the store was away: the events are sent, then the connections end")
    func parametersChangedMeanwhile() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.add([0])
            #expect(try await master.numbers(1) == [0])
            try await fixture.losingTheStore {
                try await fixture.add(1...500)
                try await setConfiguration(
                    fixture, ConnectorFixture.configuration(host: fixture.host, #", "protocol": { "k": 2, "w": 1 }"#))
            }
            #expect(try await master.numbers(500) == Array(1...500))
            _ = try await master.connection.closed()
        }
    }

    @Test("rapid successive changes end with the last one")
    func rapidChanges() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            for number in 1...200 {
                try await setMapping(fixture, #"{"points":[{"casdu":1,"ioa":\#(number),"type":1}]}"#)
            }
            try await eventually("the last mapping is in force") {
                try await master.connection.interrogate(commonAddress: 1).points.map(\.address) == [
                    PointAddress(1, 200)
                ]
            }
        }
    }

    @Test("a port that is taken is an error that health tells, and is tried again until it is free")
    func portTaken() async throws {
        try await withThrowawayRedis { redis in
            let host = LoopbackAddress.next()
            let occupant = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(host: host, port: 2404).get()
            try await redis.send([
                "SET", ConnectorFixture.keys.configuration, ConnectorFixture.configuration(host: host),
            ])
            let connector = try ConnectorProcess(id: ConnectorFixture.id, store: redis.configuration)
            try await connector.waitForState("Error")
            let health = try await redis.send(["HGET", ConnectorFixture.keys.health, "message"]).string
            #expect(health?.contains("can't listen on \(host):2404: Address already in use") == true)
            try await occupant.close()
            try await connector.waitUntilRunning()
            await connector.kill()
        }
    }

    @Test("another port that is taken is an error, is tried again, and is served as soon as it is free")
    func rebindToTakenPort() async throws {
        try await ConnectorFixture.with { fixture in
            let occupant = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(host: fixture.host, port: 2411).get()
            let master = try await fixture.startedMaster()
            try await setConfiguration(fixture, ConnectorFixture.configuration(host: fixture.host, port: 2411))
            _ = try await master.connection.closed()
            try await fixture.waitForError("bind-failed", "\(fixture.host):2411")
            try await fixture.connector.waitForState("Error")
            try await occupant.close()
            try await fixture.connector.waitUntilRunning()
            let connection = try await ControllingConnection.connect(host: fixture.host, port: 2411)
            try await connection.startDataTransfer()
            await connection.close()
            let message = try await fixture.health("message")
            #expect(message == "")
        }
    }

    @Test(
        "a configuration that is invalid, valid, and invalid again: clients stay, health tells, the last valid one counts"
    )
    func invalidConfigurations() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            let faulty = #"{ "protocol": { "t1": 5, "t2": 9 }, "events": { "buffer": 0 } }"#
            func expectPrevious() async throws {
                try await setConfiguration(fixture, faulty)
                try await eventually("health tells the fault") {
                    try await fixture.health("message")?.contains("protocol.t2") == true
                }
            }
            try await expectPrevious()
            try await fixture.waitForError("invalid-config", "events.buffer")
            try await setConfiguration(
                fixture,
                ConnectorFixture.configuration(host: fixture.host, #", "interrogation": { "timeTags": true }"#))
            try await eventually("health has nothing to tell") { try await fixture.health("message") == "" }
            try await expectPrevious()
            let types = try await master.connection.interrogate(commonAddress: 2).points.map(\.type)
            #expect(types == [.M_SP_TB_1], "the valid one between is in force")
            let reason = await master.connection.closeReason
            #expect(reason == nil)
        }
    }

    @Test("a mapping that is deleted serves the whole image, on the same connection; one that is written again counts")
    func deletedMapping() async throws {
        try await ConnectorFixture.with(prepare: { redis in
            try await redis.send(["SET", "process:image:casdu:5:ioa:1", #"{"type":1,"value":true}"#])
        }) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.redis.send(["DEL", ConnectorFixture.keys.mapping])
            let news = try await master.points(1).map(\.address)
            #expect(news == [PointAddress(5, 1)])
            let all = try await master.connection.interrogate().points.map(\.address)
            #expect(all == [PointAddress(5, 1)])
            try await setMapping(fixture, Self.oneMorePoint)
            try await eventually("the mapping is in force again") {
                try await master.connection.interrogate().points.count == 2
            }
        }
    }

    @Test("rapid successive changes of the port end with the last one")
    func rapidRebinding() async throws {
        try await ConnectorFixture.with { fixture in
            for number in 0..<50 {
                let port = 2405 + number % 10
                try await setConfiguration(fixture, ConnectorFixture.configuration(host: fixture.host, port: port))
            }
            try await eventually("health tells the last port") { try await fixture.health("port") == "2414" }
            try await eventually("the last port is served") {
                let connection = try await ControllingConnection.connect(host: fixture.host, port: 2414)
                try await connection.startDataTransfer()
                await connection.close()
                return true
            }
            for port in 2404...2413 {
                await #expect(throws: ConnectFault.refused(host: fixture.host, port: port)) {
                    try await ControllingConnection.connect(host: fixture.host, port: port)
                }
            }
        }
    }

    @Test("with nothing valid to run the state is Error with the reason; a valid document makes it run")
    func nothingValid() async throws {
        try await withThrowawayRedis { redis in
            let host = LoopbackAddress.next()
            try await redis.send(["SET", ConnectorFixture.keys.configuration, #"{"network":{"port":80}}"#])
            let connector = try ConnectorProcess(id: ConnectorFixture.id, store: redis.configuration)
            try await connector.waitForState("Error")
            let message = try await redis.send(["HGET", ConnectorFixture.keys.health, "message"]).string
            #expect(message?.contains("no valid configuration") == true)
            #expect(message?.contains("network.port") == true)
            try await redis.send([
                "SET", ConnectorFixture.keys.configuration, ConnectorFixture.configuration(host: host),
            ])
            try await connector.waitUntilRunning()
            await connector.kill()
        }
    }

    @Test("an entry that is added in one transaction with the mapping that names its point is sent, every time")
    func mappedInTheSameMoment() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            for object in 20..<30 {
                let mapping = ConnectorFixture.mapping(with: #"{"casdu":1,"ioa":\#(object),"type":13}"#)
                try await fixture.redis.send([
                    ["MULTI"], ["SET", ConnectorFixture.keys.mapping, mapping],
                    ["XADD", "process:updates", "*", "casdu", "1", "ioa", "\(object)", "value", "\(object)"], ["EXEC"],
                ])
                let point = try await master.points(1).first
                #expect(point?.address == PointAddress(1, UInt32(object)))
                #expect(point?.information?.value == .shortFloat(Float(object)))
            }
        }
    }

    @Test("an entry waits for the last of several mappings that follow one another fast")
    func mappedBySeveral() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            // The first takes a while to be applied.
            let large = (1...50_000).map { #"{"casdu":2,"ioa":\#($0),"type":13}"# }.joined(separator: ",")
            try await setMapping(fixture, ConnectorFixture.mapping(with: large))
            try await setMapping(fixture, ConnectorFixture.mapping(with: #"{"casdu":1,"ioa":9,"type":13}"#))
            for number in 1...3 { try await fixture.add(#"{"casdu":1,"ioa":9,"value":\#(number)}"#) }
            let points = try await master.points(3, within: .seconds(60))
            #expect(points.map(\.information?.value) == [.shortFloat(1), .shortFloat(2), .shortFloat(3)])
        }
    }
}
