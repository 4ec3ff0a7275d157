import NIOCore
import Testing
import TestBench

@testable import DataStore

@Suite("Writing to the store")
struct StoreWriterTests {
    @Test("a hash replaces what was there, and lives as long as it is given")
    func hash() async throws {
        try await followingThrowawayRedis { redis, _, follower in
            let writer = StoreWriter(follower)
            try await writer.setHash("h", [("state", "Running"), ("message", "")], expireSeconds: 30)
            #expect(try await redis.send(["HGETALL", "h"]).texts == ["state", "Running", "message", ""])
            let life = try await redis.send(["PTTL", "h"]).integer ?? 0
            #expect((25_000...30_000).contains(life))
            try await writer.setHash("h", [("state", "Stopped")], expireSeconds: nil)
            #expect(try await redis.send(["HGETALL", "h"]).texts == ["state", "Stopped"])
            #expect(try await redis.send(["PTTL", "h"]) == .integer(-1))
        }
    }

    @Test("entries are appended in order, of any octets, and old ones are trimmed")
    func append() async throws {
        try await followingThrowawayRedis { redis, _, follower in
            let writer = StoreWriter(follower)
            var ids: [StreamID] = []
            for number in 0..<250 {
                ids.append(
                    try await writer.append(ByteBuffer(bytes: [UInt8(number), 0, 13, 10]), to: "s", maximumLength: 100))
            }
            #expect(ids == ids.sorted() && Set(ids).count == 250)
            let length = try await redis.send(["XLEN", "s"]).integer ?? 0
            #expect((100...200).contains(length))
            let last = try await redis.send(["XREVRANGE", "s", "+", "-", "COUNT", "1"])
            let entry = try #require(last.elements?.first?.elements)
            #expect(entry[0].string == ids.last?.description)
            #expect(entry[1].elements?.last?.octets == ByteBuffer(bytes: [249, 0, 13, 10]))
        }
    }

    @Test("before a deadline or never: what waits in the server past its time is not appended")
    func deadline() async throws {
        try await followingThrowawayRedis { redis, _, follower in
            let writer = StoreWriter(follower)
            let data = ByteBuffer(bytes: [0, 13, 10])
            let taken = try await writer.append(data, to: "s", before: .now() + .seconds(60))
            let entry = try await redis.send(["XRANGE", "s", "-", "+"]).elements?.first?.elements
            let id = try #require(entry?.first?.string.flatMap { StreamID($0) })
            let times = Int64(id.milliseconds) - 100...Int64(id.milliseconds) + 100
            #expect(times.contains { taken == .taken(at: $0) }, "the server's time: \(taken)")
            #expect(entry?.last?.elements?.last?.octets == data)
            let past = try await writer.append(data, to: "s", before: .now())
            #expect(past == .tooLate)
            // What only reads goes on, so that the server tells its time; what writes waits for longer than it may.
            try await redis.send(["CLIENT", "PAUSE", "600", "WRITE"])
            let late = try await writer.append(data, to: "s", before: .now() + .milliseconds(250))
            #expect(late == .tooLate)
            #expect(try await redis.send(["XLEN", "s"]).integer == 1)
            try await redis.send(["CLIENT", "PAUSE", "200", "WRITE"])
            let inTime = try await writer.append(data, to: "s", before: .now() + .seconds(60))
            #expect(inTime != .tooLate)
        }
    }

    @Test("fails at once without a connection")
    func unavailable() async throws {
        try await followingThrowawayRedis { redis, recording, follower in
            let writer = StoreWriter(follower)
            await redis.kill()
            try await eventually("the loss is told") { recording.states.count > 1 }
            await #expect(throws: StoreError.unavailable) {
                try await writer.setHash("h", [("a", "b")], expireSeconds: nil)
            }
            await #expect(throws: StoreError.unavailable) { try await writer.append(ByteBuffer(), to: "s") }
        }
    }

    @Test("hands on why the server refuses", arguments: ["READONLY", "OOM", "WRONGTYPE", "NOPERM"])
    func refused(code: String) async throws {
        try await followingThrowawayRedis { redis, recording, follower in
            let writer = StoreWriter(follower)
            switch code {
            case "READONLY":
                try await redis.send(["REPLICAOF", redis.host, "1"])
                // Whoever waits in a blocking command is thrown out: the follower comes back.
                try await eventually("the follower is back") { recording.snapshots == 2 }
            case "OOM": try await redis.send(["CONFIG", "SET", "maxmemory", "1"])
            case "WRONGTYPE": try await redis.send(["SET", "s", "a string"])
            default: try await redis.send(["ACL", "SETUSER", "default", "-xadd", "-hset"])
            }
            // The follower may lose its connection over the same refusal, and be back a moment later.
            try await eventually("an entry is refused with \(code)") {
                await refusal { try await writer.append(ByteBuffer(), to: "s") } == code
            }
            guard code != "WRONGTYPE" else { return }
            try await eventually("a hash is refused with \(code)") {
                await refusal { try await writer.setHash("h", [("a", "b")], expireSeconds: 1) } == code
            }
        }
    }
}

/// The first word of the server's refusal; nil if it didn't refuse.
private func refusal(_ body: () async throws -> some Any) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? StoreError)?.refusal
    }
}

extension StoreError {
    fileprivate var refusal: String? {
        if case .refused(let error) = self { String(error.code) } else { nil }
    }
}

extension RESPValue {
    fileprivate var texts: [String]? { elements?.compactMap(\.string) }
}
