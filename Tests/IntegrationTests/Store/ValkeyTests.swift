import ControllingStation
import DataStore
import Foundation
import IEC104Model
import TestBench
import Testing

/// The same on Valkey; `make valkey` runs all tests of the store on it.
@Suite("Valkey")
struct ValkeyTests {
    /// The program, as `make test` names it.
    private static let server = ProcessInfo.processInfo.environment["IEC104_VALKEY_SERVER"] ?? ""
    private static var isThere: Bool { FileManager.default.isExecutableFile(atPath: server) }

    @Test(
        "serves image, events and changes of the documents, and loses nothing when it is killed in a burst",
        .enabled(if: isThere, "IEC104_VALKEY_SERVER names no program"))
    func core() async throws {
        let options = ThrowawayRedis.Options(isPersistent: true, executable: Self.server)
        try await ConnectorFixture.with(options: options) { fixture in
            let about = try await fixture.redis.send(["INFO", "server"]).string ?? ""
            #expect(about.contains("server_name:valkey"))
            let master = try await fixture.startedMaster()
            try await fixture.redis.send(["HSET", "process:image:casdu:1:ioa:1502", "value", "7"])
            let image = try await master.points(1).map(\.information)
            #expect(image == [ProcessInformation(value: .scaled(7))])
            for number in 0..<300 {
                try await fixture.add([number])
                if number % 100 == 50 {
                    await fixture.redis.kill()
                    try await fixture.redis.restart()
                }
            }
            let values = try await master.numbers(300)
            #expect(values == Array(0..<300))
            try await fixture.redis.send(["DEL", "process:image:casdu:1:ioa:1502"])
            let gone = try await master.points(1).compactMap(\.information?.quality)
            #expect(gone == [[.invalid, .notTopical]])
            try await fixture.redis.send(["XTRIM", "process:updates", "MAXLEN", "0"])
            let added = (0..<5).map { number -> RedisCommand in
                ["XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\(number)"]
            }
            try await fixture.redis.send(
                [["MULTI"]] + added + [["XTRIM", "process:updates", "MAXLEN", "2"], ["EXEC"]])
            let rest = try await master.numbers(2)
            #expect(rest == [3, 4])
            try await fixture.waitForError("stream-gap", "3 missing")
            let log = fixture.connector.lines.map(\.text).joined(separator: "\n")
            #expect(!log.contains("polled"))
        }
    }
}
