import Foundation
import TestBench
import Testing

/// Without a configuration the connector listens on port 2404 of all addresses, which other tests need at the same
/// time: it has a network of its own here.
@Suite("A configuration that is deleted while the connector runs")
struct DeletedConfigurationTests {
    @Test(
        "the defaults count, where clients find them; one that is written again counts",
        .enabled("the system gives no network of its own") { await NetworkNamespace.isAvailable() })
    func deleted() async throws {
        let folder = try TemporaryFolder("deleted")
        try await withThrowawayRedis(.init(arguments: ["--unixsocket", folder.path + "/redis"])) { redis in
            let keys = ConnectorFixture.keys
            let elsewhere = ConnectorFixture.configuration(host: "127.0.0.1", port: 2410)
            try await redis.send(["SET", keys.configuration, elsewhere])
            try await redis.send(["SET", "process:image:casdu:5:ioa:1", #"{"type":1,"value":true}"#])
            let network = try NetworkNamespace(
                try ConnectorProcess.executable(),
                ["--id", ConnectorFixture.id, "redis", "--socket", folder.path + "/redis"])
            func health(_ state: String, port: String) async throws {
                try await eventually("\(state) on port \(port)") {
                    guard network.process.status == nil else { throw BenchError(network.process.tail()) }
                    let fields = try await redis.send(["HMGET", keys.health, "state", "port", "message"])
                    return fields.elements?.compactMap(\.string) == [state, port, ""]
                }
            }
            try await health("Running", port: "2410")
            try await expectPoint(in: network, "127.0.0.1:2410")

            try await redis.send(["DEL", keys.configuration])
            try await health("Running", port: "2404")
            try await expectPoint(in: network, "127.3.2.1:2404")
            let log = network.process.lines.map(\.text)
            #expect(log.contains { $0.contains("address=0.0.0.0:2404") && $0.contains("listening") }, "\(log)")

            try await redis.send(["SET", keys.configuration, elsewhere])
            try await health("Running", port: "2410")
            try await expectPoint(in: network, "127.0.0.1:2410")
            await network.process.kill()
        }
    }

    /// A master in the same network is served the one point there is.
    private func expectPoint(in network: NetworkNamespace, _ address: String) async throws {
        let simulator = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent().path
        let monitor = try network.start(simulator + "/iec104-sim", ["monitor", address, "--json"])
        try await eventually("\(address) answers") {
            guard monitor.status == nil else { throw BenchError(monitor.tail()) }
            return monitor.lines.contains { $0.text.contains(#""ca":5,"ioa":1,"#) }
        }
        await monitor.kill()
    }
}
