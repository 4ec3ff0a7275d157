import NIOCore
import Synchronization
import Testing
import TestBench

@testable import DataStore

@Suite("Entries and the documents that name their points", .timeLimit(.minutes(5)))
struct DocumentFenceTests {
    private static let mapping = StoreKeys(id: "test").mapping

    /// Takes an entry `u...` only if there is a mapping, and one `v...` only with the mapping `v`.
    private static func recording(
        before: @escaping @Sendable (Recording.Event) async -> Void = { _ in },
        planner: @escaping Recording.Planner = { _, _ in FollowPlan(inputStream: "process:updates", points: .all) }
    ) -> Recording {
        Recording(
            before: before,
            isMapped: { data, mapping in
                switch data.first {
                case "u": mapping != nil
                case "v": mapping == "v"
                default: true
                }
            }, planner: planner)
    }

    @Test("where none are stored, an entry of a point that isn't mapped goes its way, and so do those about it")
    func noDocuments() async throws {
        try await followingThrowawayRedis(recording: Self.recording()) { redis, recording, _ in
            for data in ["1", "u", "2", "u", "u", "3"] { try await redis.add(data) }
            try await eventually("all are told") { recording.data == ["1", "u", "2", "u", "u", "3"] }
            let calls = try await redis.calls(of: "ping")
            try await redis.add(4...200)
            try await eventually("all are told") { recording.data.last == "200" }
            let more = try await redis.calls(of: "ping") - calls
            #expect(more < 5, "what is mapped asks for nothing")
        }
    }

    @Test("stored at once with an entry, documents come first, and the entries that are mapped anyway before them")
    func atOnce() async throws {
        try await followingThrowawayRedis(recording: Self.recording()) { redis, recording, _ in
            try await redis.send([
                ["MULTI"], ["XADD", "process:updates", "*", "data", "1"], ["SET", Self.mapping, "m"],
                ["XADD", "process:updates", "*", "data", "u"], ["XADD", "process:updates", "*", "data", "2"], ["EXEC"],
            ])
            try await eventually("all are told") { recording.data == ["1", "u", "2"] }
            #expect(recording.dataBeforeDocuments("none m") == ["1"])
        }
    }

    @Test("no entry comes twice when a connection breaks while that is found out")
    func brokenMeanwhile() async throws {
        try await followingThrowawayRedis(recording: Self.recording()) { redis, recording, _ in
            for round in 1...3 {
                let entries: [RedisCommand] = ["a", "b", "u", "c"].map {
                    ["XADD", "process:updates", "*", "data", "\($0)\(round)"]
                }
                try await redis.send([["MULTI"]] + entries + [["CLIENT", "KILL", "TYPE", "pubsub"], ["EXEC"]])
                try await eventually("all are told") { recording.data.last == "c\(round)" }
                try await eventually("it is connected again") { recording.snapshots == round + 1 }
            }
            #expect(recording.data == (1...3).flatMap { ["a\($0)", "b\($0)", "u\($0)", "c\($0)"] })
        }
    }

    @Test("a server that is busy with a script tells of documents when that has ended, and entries wait for it")
    func busy() async throws {
        try await followingThrowawayRedis(recording: Self.recording()) { redis, recording, _ in
            try await redis.send(["CONFIG", "SET", "lua-time-limit", "50"])
            try await eventually("the reader waits") { try await redis.blockedClients == 1 }
            let script = """
                local function now() local t = redis.call("TIME") return t[1] + t[2] / 1000000 end
                local start = now()
                while now() - start < 0.6 do end
                return "done"
                """
            let replies = try await redis.send([
                ["MULTI"], ["SET", Self.mapping, "m"], ["XADD", "process:updates", "*", "data", "u"], ["EXEC"],
                ["EVAL", script, "0"],
            ])
            #expect(replies.last?.string == "done")
            try await eventually("it is told") { recording.data == ["u"] }
            #expect(recording.dataBeforeDocuments("none m") == [])
        }
    }

    @Test("a value of the image that was written behind an entry that waits comes behind it")
    func imageBehind() async throws {
        let server = Mutex<ThrowawayRedis?>(nil)
        let keys = PointKeys((1...1200).map { PointKey(commonAddress: 1, objectAddress: UInt32($0)) })
        let recording = Self.recording(
            before: { event in
                // The first part of the image: what is still to be read is written now, with another mapping.
                guard case .image = event, let redis = server.withLock({ $0.take() }) else { return }
                let writes: [RedisCommand] = (1...1200).map { ["SET", imageKey($0), "new"] }
                _ = try? await redis.send(
                    [
                        ["MULTI"], ["SET", Self.mapping, "v"], ["XADD", "process:updates", "*", "data", "v"],
                        ["XADD", "process:updates", "*", "data", "1"],
                    ] + writes + [["EXEC"]])
            },
            planner: { _, mapping in
                FollowPlan(inputStream: "process:updates", points: .only(mapping == nil ? [] : keys))
            })
        try await followingThrowawayRedis(
            recording: recording,
            prepare: { redis in try await redis.send((1...1200).map { ["SET", imageKey($0), "old"] }) }
        ) { redis, recording, _ in
            server.withLock { $0 = redis }
            try await redis.send(["SET", Self.mapping, "m"])
            try await eventually("all is told") {
                recording.snapshots == 2 && recording.image.values.filter { $0.text == "new" }.count == 1200
            }
            #expect(recording.data == ["v", "1"])
            let entries = recording.events.firstIndex { if case .entries = $0 { true } else { false } }
            let image = recording.events.firstIndex { event in
                guard case .image(let reads) = event else { return false }
                return reads.contains { $0.content.text == "new" }
            }
            #expect(try #require(entries) < #require(image))
        }
    }

    @Test("what was reported as written is told although entries began to wait while it was read")
    func reportedMeanwhile() async throws {
        let server = Mutex<ThrowawayRedis?>(nil)
        let recording = Self.recording(before: { event in
            guard case .image = event, let redis = server.withLock({ $0.take() }) else { return }
            _ = try? await redis.send([
                ["MULTI"], ["SET", Self.mapping, "v"], ["XADD", "process:updates", "*", "data", "v"], ["EXEC"],
            ])
        })
        let writes: [RedisCommand] = (1...1200).map { ["SET", imageKey($0), "same"] }
        try await followingThrowawayRedis(recording: recording, prepare: { try await $0.send(writes) }) {
            redis, recording, _ in
            #expect((1...1200).allSatisfy { recording.image($0) == ["same"] })
            server.withLock { $0 = redis }
            try await redis.send([["MULTI"]] + writes + [["EXEC"]])
            try await eventually("each is told again, once") {
                (1...1200).allSatisfy { recording.image($0) == ["same", "same"] }
            }
            #expect(recording.data == ["v"])
        }
    }

    @Test("entries of the former stream that wait for documents don't keep those from naming another")
    func anotherStream() async throws {
        let recording = Self.recording(planner: { _, mapping in
            FollowPlan(inputStream: mapping == "v" ? "s" : "process:updates", points: .all)
        })
        try await followingThrowawayRedis(recording: recording) { redis, recording, _ in
            try await redis.send([
                ["MULTI"], ["SET", Self.mapping, "v"], ["XADD", "process:updates", "*", "data", "v"],
                ["XADD", "process:updates", "*", "data", "1"], ["EXEC"],
            ])
            try await eventually("the former is read to its end") { recording.data == ["v", "1"] }
            try await eventually("the other is followed") { recording.snapshots == 2 }
            try await redis.add("2", to: "s")
            try await eventually("the other is read") { recording.data == ["v", "1", "2"] }
        }
    }

    @Test("the wait ends with another stream, with documents, with the task, and doesn't begin if there are none")
    func waiting() async throws {
        let place = InputPlace()
        place.begin(StreamPlace(name: "s", info: StreamInfo(added: 0)))
        await place.waitForDocuments(of: "s") { false }
        await place.waitForDocuments(of: "another") { true }
        let ends: [@Sendable (Task<Void, Never>) -> Void] = [
            { _ in place.documentsHandedOn() }, { $0.cancel() },
            { _ in place.begin(StreamPlace(name: "t", info: StreamInfo(added: 0))) },
        ]
        let loop: any EventLoop = .singletonMultiThreadedEventLoopGroup.next()
        for end in ends {
            let reader = Task { await place.waitForDocuments(of: "s") { true } }
            let id = StreamID(milliseconds: 1, sequence: 0)
            let outcome = await place.wait(for: id, patience: .seconds(60), on: loop)
            #expect(outcome == .waitsForDocuments)
            end(reader)
            await reader.value
        }
    }
}
