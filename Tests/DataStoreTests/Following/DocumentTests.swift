import NIOCore
import Testing
import TestBench

@testable import DataStore

@Suite("Following configuration and mapping")
struct DocumentTests {
    static let configuration = "connectors:test:config"
    static let mapping = "connectors:test:mapping"

    /// The configuration is the name of the stream, the mapping the list of objects; no configuration, no plan.
    static let planner: Recording.Planner = { configuration, mapping in
        guard let configuration, !configuration.isEmpty else { return nil }
        let objects = mapping?.split(separator: ",").compactMap { UInt32($0) }
        let keys = objects.map { PointKeys($0.map { PointKey(commonAddress: 1, objectAddress: $0) }) }
        return FollowPlan(inputStream: configuration, points: keys.map { .only($0) } ?? .all)
    }

    @Test("tells what they say at first and whenever that changes")
    func changes() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            #expect(recording.documents == ["none none"])
            try await redis.send(["SET", Self.configuration, "c1"])
            try await eventually("the configuration is told") { recording.documents.last == "c1 none" }
            try await redis.send([["MULTI"], ["SET", Self.configuration, "c2"], ["SET", Self.mapping, "m"], ["EXEC"]])
            try await eventually("both are told") { recording.documents.last == "c2 m" }
            try await redis.send(["DEL", Self.configuration])
            try await eventually("its end is told") { recording.documents.last == "none m" }
            try await redis.send(["SET", "connectors:test:config2", "somebody else's"])
            try await redis.send(["SET", imageKey(1), "marker"])
            try await eventually("the marker is read") { recording.image(1) == ["marker"] }
            // Two keys that change together may be told of twice.
            let told = recording.documents.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
            #expect(told == ["none none", "c1 none", "c2 m", "none m"])
        }
    }

    @Test("a mapping that grows brings the new points, and only those")
    func growth() async throws {
        let recording = Recording(planner: Self.planner)
        try await followingThrowawayRedis(
            recording: recording,
            prepare: { redis in
                try await redis.send(["SET", Self.configuration, "s"])
                try await redis.send(["SET", Self.mapping, "1"])
                for object in 1...3 { try await redis.send(["SET", imageKey(object), "there"]) }
            }
        ) { redis, recording, _ in
            #expect(recording.image(1) == ["there"] && recording.image(2).isEmpty)
            try await redis.send(["SET", Self.mapping, "1,2"])
            try await eventually("the second snapshot is complete") { recording.snapshots == 2 }
            #expect(recording.image(1) == ["there"] && recording.image(2) == ["there"] && recording.image(3).isEmpty)
        }
    }

    @Test("a configuration that comes late begins everything, without asking for it meanwhile")
    func late() async throws {
        let recording = Recording(planner: Self.planner)
        try await withThrowawayRedis { redis in
            try await redis.send(["SET", imageKey(1), "there"])
            try await redis.add("before", to: "s")
            try await following(redis, recording) { _ in
                try await eventually("the documents are told") { recording.documents == ["none none"] }
                let calls = try await redis.calls(of: "get")
                try await Task.sleep(for: .milliseconds(300))
                #expect(try await redis.calls(of: "get") == calls)
                #expect(recording.image(1).isEmpty)
                try await redis.send(["SET", Self.configuration, "s"])
                try await eventually("the snapshot is complete") { recording.snapshots == 1 }
                #expect(recording.image(1) == ["there"])
                try await redis.add("after", to: "s")
                try await eventually("the stream is read") { recording.data == ["after"] }
            }
        }
    }

    @Test("another input stream is read at once, from its end on")
    func switching() async throws {
        let recording = Recording(planner: Self.planner)
        try await followingThrowawayRedis(
            recording: recording,
            prepare: { redis in
                try await redis.send(["SET", Self.configuration, "s0"])
                for number in 0...5 { try await redis.add("old", to: "s\(number)") }
            }
        ) { redis, recording, _ in
            let clock = ContinuousClock()
            let start = clock.now
            for number in 1...5 {
                try await redis.send(["SET", Self.configuration, "s\(number)"])
                try await eventually("the snapshot is complete") { recording.snapshots == number + 1 }
                try await redis.add("new in \(number)", to: "s\(number)")
                try await redis.add("too late", to: "s\(number - 1)")
                try await eventually("the new stream is read") { recording.data.last == "new in \(number)" }
            }
            // The reader waits five seconds at a time: if it weren't called back, that would be 25 seconds.
            #expect(clock.now - start < .seconds(15))
            #expect(recording.data == (1...5).map { "new in \($0)" })
        }
    }

    @Test("what the stream holds is told before documents that are written behind it")
    func entriesBeforeDocuments() async throws {
        let recording = Recording(planner: Self.planner)
        try await followingThrowawayRedis(
            recording: recording, prepare: { try await $0.send(["SET", Self.configuration, "s0"]) }
        ) { redis, recording, _ in
            let entries: [RedisCommand] = (1...5000).map { ["XADD", "s0", "*", "data", String($0)] }
            try await redis.send([["MULTI"]] + entries + [["SET", Self.configuration, "s1"], ["EXEC"]])
            try await eventually("the snapshot is complete") { recording.snapshots == 2 }
            #expect(recording.dataBeforeDocuments("s1 none") == (1...5000).map(String.init))
        }
    }

    @Test("what was added to the stream while the store was away is told before documents that were changed then")
    func entriesBeforeDocumentsChangedMeanwhile() async throws {
        let recording = Recording(planner: Self.planner)
        try await followingThrowawayRedis(
            recording: recording, prepare: { try await $0.send(["SET", Self.configuration, "s0"]) }
        ) { redis, recording, _ in
            try await redis.add(1...10, to: "s0")
            try await eventually("the stream is read") { recording.data.count == 10 }
            try await losingTheConnection(redis, recording) {
                try await redis.add(11...3000, to: "s0")
                try await redis.send(["SET", Self.configuration, "s1"])
            }
            try await eventually("the snapshot is complete") { recording.snapshots == 2 }
            #expect(recording.dataBeforeDocuments("s1 none") == (1...3000).map(String.init))
            try await redis.add("new", to: "s1")
            try await eventually("the new stream is read") { recording.data.last == "new" }
            #expect(recording.gaps.isEmpty)
        }
    }

    @Test("a key of another type is unreadable, and the rest goes on", arguments: [configuration, mapping])
    func wrongType(key: String) async throws {
        try await followingThrowawayRedis(prepare: { try await $0.send(["LPUSH", key, "a"]) }) { redis, recording, _ in
            #expect(recording.unreadable == ["\(key): not a string"])
            #expect(recording.documents == [key == Self.configuration ? " none" : "none "])
            try await redis.send([["DEL", key], ["SET", key, "mended"]])
            try await eventually("the document is told") { recording.documents.last?.contains("mended") == true }
            #expect(recording.states.count == 1)
        }
    }

    @Test("a document of more than 64 MiB is unreadable, and isn't read")
    func tooLong() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.send(["SETRANGE", Self.mapping, String(FollowSession.maximumDocumentSize), "x"])
            try await eventually("it is told") {
                recording.unreadable == ["\(Self.mapping): longer than 67108864 octets"]
            }
            try await redis.send(["SET", Self.mapping, "m"])
            try await eventually("the next one is told") { recording.documents.last == "none m" }
            #expect(recording.states.count == 1)
        }
    }
}
