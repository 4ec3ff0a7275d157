import ControllingStation
import IEC104Link
import IEC104Model
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TestBench
import Testing

/// Hands on every octet that comes.
private final class OctetCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let take: @Sendable ([UInt8]) -> Void

    init(_ take: @escaping @Sendable ([UInt8]) -> Void) {
        self.take = take
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(Array(unwrapInboundIn(data).readableBytesView))
    }
}

@Suite("Many masters, slow masters, dead masters")
struct ConnectionTests {
    @Test("RED-13 100 masters interrogate and get every event; the 101st is refused at once, logged and counted")
    func hundredMasters() async throws {
        try await ConnectorFixture.with(configuration: { ConnectorFixture.configuration(host: $0, maxConnections: 100) }
        ) {
            fixture in
            var masters: [TestMaster] = []
            for _ in 0..<100 { masters.append(try await fixture.startedMaster()) }
            for number in 0..<20 { try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#) }
            for master in masters {
                let values = try await master.points(20).compactMap { $0.information?.value }
                #expect(values == (0..<20).map { .shortFloat(Float($0)) })
                let answer = try await master.connection.interrogate(commonAddress: 1)
                #expect(answer.points.count == 14)
            }
            try await eventually("health counts them") { try await fixture.health("clients") == "100" }
            // From another address than the others, so that no probe of a dead connection delays it.
            let refused = try await fixture.connect(from: LoopbackAddress.next())
            _ = try await refused.closed()
            try await fixture.waitForError("connection-refused")
            try await eventually("health counts the refusal") { try await fixture.health("refused") == "1" }
        }
    }

    @Test("at the limit a connection of the same address that answers keeps its place")
    func liveConnectionStays() async throws {
        try await ConnectorFixture.with(configuration: { ConnectorFixture.configuration(host: $0, maxConnections: 1) })
        {
            fixture in
            let master = try await fixture.startedMaster()
            let newcomer = try await fixture.connect()
            _ = try await newcomer.closed()
            _ = try await master.connection.test()
            await master.connection.close()
            try await eventually("the place is free again") {
                let next = try await fixture.startedMaster()
                await next.connection.close()
                return true
            }
        }
    }

    @Test("PHY-08 a dead connection of the same address makes room within 2 s")
    func takeOver() async throws {
        try await ConnectorFixture.with(configuration: { ConnectorFixture.configuration(host: $0, maxConnections: 1) })
        {
            fixture in
            // A peer that has stopped reading, as behind a broken line.
            let dead = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.autoRead, value: false)
                .connect(host: fixture.host, port: 2404).get()
            try await eventually("it is connected") { try await fixture.health("clients") == "1" }
            let master = try await fixture.startedMaster()
            let answer = try await master.connection.interrogate(commonAddress: 2)
            #expect(answer.points.count == 1)
            try? await dead.close()
        }
    }

    @Test("PHY-09 RED-10 a master that reads nothing costs the others nothing and is closed at events.buffer")
    func slowMaster() async throws {
        try await ConnectorFixture.with(
            configuration: { ConnectorFixture.configuration(host: $0, #", "events": { "buffer": 500 }"#) }
        ) { fixture in
            // Started, then never read again and nothing acknowledged: k frames, then all waits in the connector.
            let slow = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.autoRead, value: false)
                .connect(host: fixture.host, port: 2404).get()
            try await slow.writeAndFlush(ByteBuffer(bytes: [0x68, 4, 7, 0, 0, 0]))
            let fast = try await fixture.startedMaster()
            try await eventually("both are started") {
                try await fixture.health("connections")?.components(separatedBy: #""started":true"#).count == 3
            }
            // In step with the fast one: more than the buffer in one go would be too much for everybody.
            for start in stride(from: 0, to: 2000, by: 100) {
                try await fixture.redis.send(
                    (start..<(start + 100)).map {
                        ["XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\($0)"]
                    })
                let values = try await fast.points(100).compactMap { $0.information?.value }
                #expect(values == (start..<(start + 100)).map { .shortFloat(Float($0)) })
            }
            try await fixture.waitForError("client-overrun", "events behind")
            try await eventually("it is closed and counted") {
                let (clients, overruns) = (try await fixture.health("clients"), try await fixture.health("overruns"))
                return clients == "1" && overruns == "1"
            }
            try? await slow.close()
        }
    }

    @Test("RED-14 RED-18 each connection is tested after t3 by itself; one that is dead gives its place back after t1")
    func deadPeers() async throws {
        let timers = #", "protocol": { "t1": 2, "t2": 1, "t3": 1 }"#
        try await ConnectorFixture.with(
            configuration: { ConnectorFixture.configuration(host: $0, maxConnections: 2, timers) }
        ) { fixture in
            // Two that take what comes and answer nothing.
            let frames = NIOLockedValueBox<[[UInt8]]>([[], []])
            for index in 0..<2 {
                _ = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(
                                OctetCollector { octets in frames.withLockedValue { $0[index] += octets } })
                        }
                    }
                    .connect(host: fixture.host, port: 2404).get()
            }
            try await eventually("both are connected") { try await fixture.health("clients") == "2" }
            try await eventually("both places are free again") { try await fixture.health("clients") == "0" }
            let received = frames.withLockedValue { $0 }
            #expect(received == [[0x68, 4, 0x43, 0, 0, 0], [0x68, 4, 0x43, 0, 0, 0]])
            let master = try await fixture.startedMaster()
            _ = try await master.connection.test()
        }
    }

    @Test(
        "RED-20 INI-01 a connector that was killed and started again resets connections and tells of its initialization"
    )
    func restart() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            _ = try await master.connection.interrogate(commonAddress: 1)
            await fixture.connector.kill()
            _ = try await master.connection.closed()
            let second = try ConnectorProcess(id: ConnectorFixture.id, store: fixture.redis.configuration)
            let subscription = try await eventually("it takes connections again") { () -> ASDUSubscription? in
                let connection = try await fixture.connect()
                let subscription = await connection.subscribe()
                try await connection.startDataTransfer()
                return subscription
            }
            let first = await subscription.next()
            #expect(first?.asdu?.identifier.typeIdentification == .M_EI_NA_1)
            await second.kill()
        }
    }

    @Test("LNK-10 STOPDT and STARTDT again: events wait, none is lost or renumbered")
    func stopAndStart() async throws {
        try await ConnectorFixture.with { fixture in
            let (master, witness) = (try await fixture.startedMaster(), try await fixture.startedMaster())
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":1}"#)
            _ = try await master.points(1)
            try await master.connection.stopDataTransfer()
            for number in 2...50 { try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#) }
            _ = try await witness.points(50)
            try await master.connection.startDataTransfer()
            let values = try await master.points(49).compactMap { $0.information?.value }
            #expect(values == (2...50).map { .shortFloat(Float($0)) })
        }
    }
}
