import NIOCore
import Synchronization
import Testing
import TestBench

@testable import DataStore

@Suite("Following a store that fails")
struct FaultTests {
    @Test("no entry is lost or comes twice when the server is killed and comes back with what it had")
    func killed() async throws {
        try await followingThrowawayRedis(.init(isPersistent: true)) { redis, recording, _ in
            for round in 0..<3 {
                try await redis.add(round * 200 + 1...round * 200 + 100)
                await redis.kill()
                try await redis.restart()
                try await redis.add(round * 200 + 101...round * 200 + 200)
            }
            try await eventually("the last entry is in") { recording.data.last == "600" }
            #expect(recording.data == (1...600).map(String.init))
            #expect(recording.gaps.isEmpty)
        }
    }

    @Test("the image is read again after that, with what changed and what is gone")
    func imageAfterRestart() async throws {
        try await followingThrowawayRedis(
            .init(isPersistent: true),
            prepare: { redis in
                for object in 1...3 { try await redis.send(["SET", imageKey(object), "there"]) }
            }
        ) { redis, recording, _ in
            await redis.kill()
            try await eventually("it is lost") { if case .lost = recording.states.last { true } else { false } }
            try await redis.restart()
            try await redis.send([["SET", imageKey(2), "new"], ["DEL", imageKey(3)]])
            try await eventually("the image is told") {
                recording.image(2).last == "new" && recording.image(3).last == "absent"
            }
            try await eventually("the snapshot is complete") { recording.snapshots == 2 }
            #expect(recording.image(1).last == "there")
        }
    }

    @Test("what nobody has written meanwhile is not told again, what has changed and what is gone is")
    func imageAfterLoss() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            for object in 1...3 { try await redis.send(["SET", imageKey(object), "there"]) }
            try await redis.send(["LPUSH", imageKey(4), "a"])
        }) { redis, recording, _ in
            try await losingTheConnection(redis, recording) {
                try await redis.send([["SET", imageKey(2), "new"], ["DEL", imageKey(3)]])
            }
            try await eventually("the snapshot is complete") { recording.snapshots == 2 }
            #expect(recording.image(1) == ["there"])
            #expect(recording.image(2) == ["there", "new"])
            #expect(recording.image(3) == ["there", "absent"])
            #expect(recording.image(4).count == 1, "unusable, once")
            // Whoever writes it has something to say, if only the same again.
            try await redis.send(["SET", imageKey(1), "there"])
            try await eventually("it is told") { recording.image(1) == ["there", "there"] }
        }
    }

    @Test("where entries are missing, the image is told again, for it may say what they did")
    func imageAfterGap() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.send(["SET", imageKey(1), "7"])
            try await redis.add(1...5)
            try await eventually("both are told") { recording.image(1) == ["7"] && recording.entries.count == 5 }
            try await losingTheConnection(redis, recording) {
                try await redis.add(6...30)
                try await redis.send(["SET", imageKey(1), "7"])
                try await redis.send(["XTRIM", "process:updates", "MAXLEN", "5"])
            }
            try await eventually("the gap is told") { recording.gaps.count == 1 }
            try await eventually("the image is told again") { recording.image(1).count > 1 }
            #expect(Set(recording.image(1)) == ["7"])
        }
    }

    @Test("entries trimmed away meanwhile are reported, with their number")
    func trimmed() async throws {
        try await followingThrowawayRedis(.init(isPersistent: true)) { redis, recording, follower in
            try await redis.add(1...10)
            try await eventually("the entries are in") { recording.entries.count == 10 }
            try await losingTheConnection(redis, recording) {
                try await redis.add(11...100)
                try await redis.send(["XTRIM", "process:updates", "MAXLEN", "20"])
            }
            try await eventually("the last entry is in") { recording.data.last == "100" }
            let left = Array(1...10) + Array(81...100)
            #expect(recording.data == left.map(String.init))
            let gap = try #require(recording.gaps.first)
            #expect(recording.gaps.count == 1)
            #expect(gap.missing == 70 && gap.cause == .removed)
            #expect(gap.first == recording.entries[10].id && gap.after <= recording.entries[9].id)
        }
    }

    @Test("nothing is reported if only entries that were read are trimmed away")
    func trimmedBehind() async throws {
        try await followingThrowawayRedis(.init(isPersistent: true)) { redis, recording, _ in
            try await redis.add(1...10)
            try await eventually("the entries are in") { recording.entries.count == 10 }
            try await losingTheConnection(redis, recording) {
                try await redis.add(11...15)
                try await redis.send(["XTRIM", "process:updates", "MAXLEN", "5"])
            }
            try await eventually("the last entry is in") { recording.data.last == "15" }
            #expect(recording.data == (1...15).map(String.init))
            #expect(recording.gaps.isEmpty)
        }
    }

    @Test(
        "a server that comes back empty is reported as begun anew, and read from the beginning", arguments: [0, 5, 50])
    func forgetful(count: Int) async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.add(1...10)
            try await eventually("the entries are in") { recording.entries.count == 10 }
            await redis.kill()
            try await redis.restart()
            if count > 0 { try await redis.add(11...10 + count) }
            try await eventually("the gap is told") { recording.gaps.count == 1 }
            #expect(recording.gaps.first?.cause == .restarted)
            try await redis.add("last")
            try await eventually("the last entry is in") { recording.data.last == "last" }
            #expect(Array(recording.data.dropLast()) == (1...10 + count).map(String.init))
            #expect(recording.gaps.count == 1)
        }
    }

    @Test("a server that stands still is noticed within the stall timeout, and again followed when it moves")
    func stalled() async throws {
        try await followingThrowawayRedis(adjust: { $0.stallTimeout = .seconds(2) }) { redis, recording, _ in
            try await redis.add("1")
            try await eventually("the entry is in") { recording.data == ["1"] }
            let clock = ContinuousClock()
            let start = clock.now
            await redis.pause()
            try await eventually("the loss is told") { recording.states.count > 1 }
            // More than the timeout, as other tests want the processor too.
            #expect(clock.now - start < .seconds(6))
            #expect(recording.states.last == .lost(.stalled(seconds: 2)))
            await redis.resume()
            try await redis.add("2")
            try await eventually("the next entry is in") { recording.data == ["1", "2"] }
        }
    }

    @Test("the loss of any one of the connections is noticed at once", arguments: ["normal", "pubsub"])
    func oneConnection(type: String) async throws {
        // Idle connections are asked for a sign of life every two minutes, but that isn't waited for.
        try await followingThrowawayRedis(adjust: { $0.stallTimeout = .seconds(240) }) { redis, recording, _ in
            try await redis.send(["CLIENT", "KILL", "TYPE", type, "SKIPME", "yes"])
            try await eventually("the loss is told") { recording.states.count > 1 }
            try await eventually("it is back") { recording.snapshots == 2 }
            try await redis.add("1")
            try await eventually("the entry is in") { recording.data == ["1"] }
        }
    }

    @Test("a server that loads its data is waited for, with growing pauses")
    func loading() async throws {
        let recording = Recording()
        try await withServer(everyAnswer: "-LOADING Redis is loading the dataset in memory\r\n") { configuration in
            try await following(configuration, recording) { _ in
                try await eventually("it is told") { recording.states.count >= 3 }
                #expect(recording.states.allSatisfy { "\($0)".contains("LOADING") })
            }
            let count = recording.states.count
            #expect(count < 10)
        }
    }

    @Test("a refusal of the documents isn't taken for their content")
    func moved() async throws {
        let user = "reader on >sesame ~process:* &* +@all"
        let recording = Recording()
        try await withThrowawayRedis(.init(users: [user])) { redis in
            try await following(
                redis, recording, adjust: { ($0.user, $0.password) = ("reader", Secret("sesame")) }
            ) { _ in
                try await eventually("it is told") {
                    recording.states.contains {
                        if case .lost(.refused(let error)) = $0 { error.code == "NOPERM" } else { false }
                    }
                }
                #expect(recording.documents.isEmpty)
            }
        }
    }

    @Test("ends promptly when it is told to, whatever it is doing", .timeLimit(.minutes(5)))
    func cancelled() async throws {
        let clock = ContinuousClock()
        try await withThrowawayRedis { redis in
            let recording = Recording()
            let start = try await following(redis, recording) { _ in
                try await eventually("the reader waits") { try await redis.blockedClients == 1 }
                return clock.now
            }
            #expect(clock.now - start < .seconds(2))
        }
    }
}
