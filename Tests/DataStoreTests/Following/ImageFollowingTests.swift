import NIOCore
import Testing
import TestBench

@testable import DataStore

@Suite("Following the image")
struct ImageFollowingTests {
    @Test("reads what is there first, strings and hashes")
    func snapshot() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            try await redis.send(["SET", imageKey(1), "{\"value\":1}"])
            try await redis.send(["HSET", imageKey(2), "value", "2", "quality", "[]", "unit", "V"])
            try await redis.send(["SET", "process:image:other", "not a point"])
        }) { _, recording, _ in
            #expect(recording.image(1) == ["{\"value\":1}"])
            #expect(recording.image(2) == ["value=2 quality=[]"])
            let reads = recording.events.flatMap { if case .image(let reads) = $0 { reads } else { [ImageRead]() } }
            #expect(reads.count == 2)
        }
    }

    @Test("reads a key again when it is written, in part or as a whole")
    func changes() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.send(["SET", imageKey(1), "one"])
            try await eventually("the string is read") { recording.image(1) == ["one"] }
            try await redis.send(["HSET", imageKey(2), "value", "1", "cot", "3"])
            try await eventually("the hash is read") { recording.image(2) == ["value=1 cot=3"] }
            try await redis.send(["HSET", imageKey(2), "value", "2"])
            try await eventually("the whole hash is read again") { recording.image(2).last == "value=2 cot=3" }
            try await redis.send(["APPEND", imageKey(1), " two"])
            try await eventually("the string is read again") { recording.image(1).last == "one two" }
        }
    }

    @Test("notices a key that goes, by DEL, by its end of life, or under another name")
    func ends() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            for object in 1...3 { try await redis.send(["SET", imageKey(object), "there"]) }
        }) { redis, recording, _ in
            try await redis.send(["DEL", imageKey(1)])
            try await redis.send(["PEXPIRE", imageKey(2), "30"])
            try await redis.send(["RENAME", imageKey(3), imageKey(4)])
            try await eventually("all three are read as absent") {
                (1...3).allSatisfy { recording.image($0).last == "absent" } && recording.image(4).last == "there"
            }
        }
    }

    @Test("what is too long doesn't come over the network")
    func tooLong() async throws {
        let last = String(16 << 20)
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.send(["SETRANGE", "source", last, "x"])
            let before = try await bytesSent(by: redis)
            try await redis.send(["SETRANGE", imageKey(1), last, "x"])
            try await redis.send([
                "EVAL", "return redis.call('HSET', KEYS[1], 'quality', redis.call('GET', KEYS[2]), 'value', '1')", "2",
                imageKey(2), "source",
            ])
            try await eventually("both are refused") {
                recording.image(1).last == "unusable: longer than 65536 octets"
                    && recording.image(2).last == "unusable: the field quality is longer than 8192 octets"
            }
            let sent = try await bytesSent(by: redis) - before
            #expect(sent < 1 << 20)
        }
    }

    private func bytesSent(by redis: ThrowawayRedis) async throws -> Int {
        let text = try await redis.send(["INFO", "stats"]).string ?? ""
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("total_net_output_bytes:") }
        return try #require(line?.split(separator: ":").last.flatMap { Int($0) })
    }

    @Test("says why a key can't be a data point, and reads no more of it than is allowed")
    func unusable() async throws {
        let long = String(repeating: "x", count: 65_537)
        try await followingThrowawayRedis(prepare: { redis in
            try await redis.send(["SET", imageKey(1), String(long.dropLast())])
            try await redis.send(["SET", imageKey(2), long])
            try await redis.send(["HSET", imageKey(3), "value", String(long.prefix(8193))])
            try await redis.send(["HSET", imageKey(4), "value", "4", "comment", long])
            try await redis.send(["LPUSH", imageKey(5), "a"])
            try await redis.send(["HSET", imageKey(6), "unit", "V"])
            try await redis.send(["SET", imageKey(7), ""])
        }) { redis, recording, _ in
            #expect(recording.image(1) == [String(long.dropLast())])
            #expect(recording.image(2) == ["unusable: longer than 65536 octets"])
            #expect(recording.image(3) == ["unusable: the field value is longer than 8192 octets"])
            #expect(recording.image(4) == ["value=4"])
            #expect(recording.image(5) == ["unusable: a key of type list, neither string nor hash"])
            #expect(recording.image(6) == ["unusable: a hash without any field of a data point"])
            #expect(recording.image(7) == ["unusable: empty text"])
            try await redis.send([["DEL", imageKey(5)], ["SET", imageKey(5), "mended"]])
            try await eventually("the mended key is read") { recording.image(5).last == "mended" }
            #expect(recording.states.count == 1)
        }
    }

    @Test("takes a number written in an unusual way for no address")
    func unusualNames() async throws {
        let names = ["007", "+5", "16777216", "1:2", "", "-1"]
        try await followingThrowawayRedis(prepare: { redis in
            for name in names { try await redis.send(["SET", "process:image:casdu:1:ioa:\(name)", "?"]) }
            try await redis.send(["SET", imageKey(9), "there"])
        }) { redis, recording, _ in
            for name in names { try await redis.send(["SET", "process:image:casdu:1:ioa:\(name)", "!"]) }
            try await redis.send(["SET", imageKey(9), "again"])
            try await eventually("the usual one is read") { recording.image(9) == ["there", "again"] }
            #expect(recording.image(5).isEmpty && recording.image(7).isEmpty)
        }
    }

    @Test("reads only the points that are wanted, whether they exist or not")
    func only() async throws {
        let keys = PointKeys([1, 2].map { PointKey(commonAddress: 1, objectAddress: $0) })
        let recording = Recording(planner: { _, _ in FollowPlan(inputStream: "process:updates", points: .only(keys)) })
        try await followingThrowawayRedis(
            recording: recording,
            prepare: { redis in
                for object in [1, 3] { try await redis.send(["SET", imageKey(object), "there"]) }
            }
        ) { redis, recording, _ in
            #expect(recording.image(1) == ["there"])
            #expect(recording.image(2) == ["absent"])
            try await redis.send([["SET", imageKey(3), "x"], ["SET", imageKey(2), "now"]])
            try await eventually("the wanted one is read") { recording.image(2).last == "now" }
            #expect(recording.image(3).isEmpty)
        }
    }

    @Test("reads all as absent after FLUSHALL, and what is written then")
    func flush() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            for object in 1...3 { try await redis.send(["SET", imageKey(object), "there"]) }
        }) { redis, recording, _ in
            try await redis.send(["FLUSHALL"])
            try await eventually("all are gone") { (1...3).allSatisfy { recording.image($0).last == "absent" } }
            try await redis.send(["SET", imageKey(2), "back"])
            try await eventually("one is back") { recording.image(2).last == "back" }
        }
    }

    @Test("brings 100 000 keys that are written at once, each as it was written last", .timeLimit(.minutes(5)))
    func many() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            for start in stride(from: 0, to: 100_000, by: 10_000) {
                try await redis.send((start..<start + 10_000).map { ["SET", imageKey($0), "\($0)"] })
            }
            try await redis.send(stride(from: 0, to: 100_000, by: 10).map { ["SET", imageKey($0), "again"] })
            try await eventually("the last values are read", within: .seconds(120), every: .milliseconds(200)) {
                let image = recording.image
                return image.count == 100_000
                    && image.allSatisfy { key, content in
                        content.text == (key.objectAddress % 10 == 0 ? "again" : "\(key.objectAddress)")
                    }
            }
            #expect(recording.states.count == 1)
        }
    }
}
