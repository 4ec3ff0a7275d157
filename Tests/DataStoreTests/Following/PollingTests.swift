import Testing
import TestBench

@testable import DataStore

@Suite("Where the server refuses to report changes")
struct PollingTests {
    static let refusals = [
        ["-client|tracking"], ["-client"], ["-subscribe"], ["resetchannels"], ["resetchannels", "&somebody-else"],
    ]

    /// Follows as a user that lacks some rights.
    func polling(
        without rights: [String], _ body: (ThrowawayRedis, Recording) async throws -> Void
    ) async throws {
        let user = (["reader", "on", ">sesame", "~*", "&*", "+@all"] + rights).joined(separator: " ")
        try await followingThrowawayRedis(
            .init(users: [user]),
            adjust: {
                ($0.user, $0.password) = ("reader", Secret("sesame"))
                $0.pollInterval = .milliseconds(50)
            }
        ) { redis, recording, _ in
            #expect(recording.states == [.connected(location: "\(redis.host):6379", isTracking: false)])
            try await body(redis, recording)
        }
    }

    @Test("image, documents and stream are followed all the same", arguments: refusals)
    func polls(rights: [String]) async throws {
        try await polling(without: rights) { redis, recording in
            try await redis.send(["SET", imageKey(1), "one"])
            try await redis.send(["SET", "connectors:test:config", "c"])
            try await redis.add("event")
            try await eventually("all is told") {
                recording.image(1).last == "one" && recording.documents.last == "c none" && recording.data == ["event"]
            }
            try await redis.send(["DEL", imageKey(1)])
            try await eventually("the end is told") { recording.image(1).last == "absent" }
            #expect(recording.states.count == 1)
        }
    }

    @Test("what an image key holds is told once, however often it is looked at")
    func unchangedImage() async throws {
        try await polling(without: ["-client|tracking"]) { redis, recording in
            try await redis.send([["SET", imageKey(1), "one"], ["LPUSH", imageKey(2), "a"]])
            try await eventually("both are told") { !recording.image(1).isEmpty && !recording.image(2).isEmpty }
            let calls = try await redis.calls(of: "getrange")
            try await eventually("they were looked at again") {
                try await redis.calls(of: "getrange") > calls + 12
            }
            #expect(recording.image(1) == ["one"])
            #expect(recording.image(2).count == 1)
        }
    }

    @Test("documents are told once, however often they are looked at")
    func unchanged() async throws {
        try await polling(without: ["-client|tracking"]) { redis, recording in
            let calls = try await redis.calls(of: "get")
            try await eventually("they were looked at again") { try await redis.calls(of: "get") > calls + 6 }
            #expect(recording.documents == ["none none"])
        }
    }
}
