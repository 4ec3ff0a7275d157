import DataStore
import Foundation
import TestBench
import Testing

/// `iec104-sim test` against a connector with a store of its own, as it is in service.
@Suite("iec104-sim test --redis")
struct StoreProgramTests {
    private static let mapping = """
        { "points": [
          { "casdu": 7, "ioa": 100, "type": 30 }, { "casdu": 7, "ioa": 101, "type": 11 },
          { "casdu": 7, "ioa": 502, "type": 45, "confirmation": "process" },
          { "casdu": 7, "ioa": 503, "type": 45, "confirmation": "process" } ] }
        """
    private static let profile = """
        version: 1
        link: { t1: 15, t2: 10, t3: 20, k: 12, w: 8 }
        connections: 10
        functions: [commands]
        points:
          - { ca: 7, ioa: 100, type: 30 }
          - { ca: 7, ioa: 101, type: 11 }
        commands:
          - { ca: 7, ioa: 502, type: 45, confirmation: process, refused: true }
          - { ca: 7, ioa: 503, type: 45, confirmation: process, duration: 1 }
        choices: { CMD-27: refused }
        """

    @Test("points are changed and commands answered through a store with a password and streams with other names")
    func process() async throws {
        let folder = try TemporaryFolder("store")
        let path = "\(folder.path)/station.yaml"
        try Data(Self.profile.utf8).write(to: URL(fileURLWithPath: path))
        try await withThrowawayRedis { redis in
            let host = LoopbackAddress.next()
            let keys = StoreKeys(id: "bay")
            let configuration =
                #"{"network":{"host":"\#(host)","maxConnections":10},"streams":{"input":"in:bay","output":"out:bay"}}"#
            try await redis.send(["SET", keys.configuration, configuration])
            try await redis.send(["SET", keys.mapping, Self.mapping])
            try await redis.send(["ACL", "SETUSER", "tester", "on", ">sesame", "~*", "+@all"])
            let connector = try ConnectorProcess(id: "bay", store: redis.configuration, logLevel: "info")
            do {
                try await connector.waitUntilRunning()
                let programs = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
                let process = try ChildProcess(
                    programs.appendingPathComponent("iec104-sim").path,
                    [
                        "test", host, "--profile", path, "--redis", "\(redis.configuration.endpoint)", "--id", "bay",
                        "--redis-user", "tester", "--redis-pwd", "sesame", "--only",
                        "MON-06,MON-11,CMD-24,CMD-26,CMD-27,CMD-55",
                    ])
                let status = try await process.waitForExit(within: .seconds(120))
                #expect(status.code == 0, "\(process.tail())")
                #expect(process.lines.contains { $0.text.contains("6 passed, 0 failed") }, "\(process.tail())")
                await connector.stop()
            } catch {
                await connector.kill()
                throw error
            }
        }
    }
}
