import ControllingStation
import DataStore
import Foundation
import IEC104Model
import TestBench
import Testing

@Suite("A name that leads to another server by and by")
struct NameTests {
    /// Answers names from a file of ours, in a program that it is loaded into.
    private static let resolver = ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/libnss_wrapper.so" }
        .first { FileManager.default.fileExists(atPath: $0) }

    @Test(
        "is resolved again for each connection, also after a demotion that cuts none",
        .enabled(if: resolver != nil, "libnss-wrapper is not installed"), arguments: [true, false])
    func resolved(isKilled: Bool) async throws {
        let resolver = try #require(Self.resolver)
        try await withThrowawayRedis { first in
            let host = LoopbackAddress.next()
            try await ConnectorFixture.writeDocuments(to: first, host: host)
            let second = try await ThrowawayRedis.start(replicating: first)
            let hosts = first.folder.path + "/hosts"
            try "\(first.host) store.example\n".write(toFile: hosts, atomically: true, encoding: .utf8)
            try await ConnectorFixture.run(
                first, host: host, redisOptions: ["--host", "store.example"],
                environment: ["LD_PRELOAD": resolver, "NSS_WRAPPER_HOSTS": hosts]
            ) { fixture in
                let master = try await fixture.startedMaster()
                try await fixture.add(0..<100)
                try await eventually("they have been replicated") {
                    try await second.send(["XLEN", "process:updates"]) == .integer(100)
                }
                try await second.send(["REPLICAOF", "NO", "ONE"])
                try "\(second.host) store.example\n".write(toFile: hosts, atomically: true, encoding: .utf8)
                if isKilled {
                    await first.kill()
                } else {
                    try await first.send(["REPLICAOF", second.host, String(second.port)])
                }
                for number in 100..<200 {
                    try await second.send([
                        "XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\(number)",
                    ])
                }
                let values = try await master.numbers(200)
                #expect(values == Array(0..<200))
                try await eventually("it connects to the second", within: .seconds(30)) {
                    try await second.send(["CLIENT", "LIST"]).string?.contains("iec104-connector:it") == true
                }
                try await eventually("health is written there") {
                    try await second.send(["HGET", ConnectorFixture.keys.health, "reconnects"]).string.map { $0 != "0" }
                        ?? false
                }
            }
            await second.kill()
        }
    }

    @Test("an address behind which the server changes in the middle of a burst loses nothing")
    func relayed() async throws {
        try await withThrowawayRedis { first in
            let host = LoopbackAddress.next()
            try await ConnectorFixture.writeDocuments(to: first, host: host)
            let second = try await ThrowawayRedis.start(replicating: first)
            let relay = try await TCPRelay.start(to: first.configuration.endpoint)
            var store = first.configuration
            store.endpoint = relay.endpoint
            try await ConnectorFixture.run(first, host: host, store: store) { fixture in
                let master = try await fixture.startedMaster()
                try await fixture.add(0..<300)
                try await eventually("they have been replicated") {
                    try await second.send(["XLEN", "process:updates"]) == .integer(300)
                }
                try await second.send(["REPLICAOF", "NO", "ONE"])
                relay.lead(to: second.configuration.endpoint)
                await first.kill()
                for number in 300..<600 {
                    try await second.send([
                        "XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\(number)",
                    ])
                }
                let values = try await master.numbers(600)
                #expect(values == Array(0..<600))
            }
            await relay.stop()
            await second.kill()
        }
    }
}
