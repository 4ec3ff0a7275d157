import Testing
import TestBench

@testable import DataStore

@Suite("Following a store that has lost the newest entries")
struct SetBackTests {
    @Test("a server killed long after it was saved is read on from what it has, and nothing comes twice")
    func killedAfterSaving() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.add(1...5000)
            try await redis.send(["SAVE"])
            try await redis.add(5001...10_000)
            try await eventually("they are in") { recording.entries.count == 10_000 }
            await redis.kill()
            try await redis.restart()
            try await eventually("the loss is told") { !recording.gaps.isEmpty }
            try await redis.add("next")
            try await eventually("the next entry is in") { recording.data.last == "next" }
            #expect(recording.data == (1...10_000).map(String.init) + ["next"])
            #expect(recording.gaps.map(\.cause) == [.setBack])
            #expect(recording.gaps.first?.missing == 5000)
        }
    }

    /// Entries that a server was given after it had come back with 5000 of 20 000: behind the last one read, among
    /// those remembered one by one, and among those of which only some are remembered.
    static let givenAnew: [[String]] = [
        ["20000-1", "20001-0"], ["19000-1", "19000-2", "30000-0"], ["12000-1"],
        ["9000-1", "12000-1", "19000-1", "20001-0"],
    ]

    @Test("what it was given before it was followed again is delivered, and that alone", arguments: givenAnew)
    func writtenMeanwhile(ids: [String]) async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.addNumbered(1...20_000)
            try await eventually("they are in", within: .seconds(60)) { recording.entries.count == 20_000 }
            try await losingTheConnection(redis, recording) {
                try await redis.setBack(to: 1...5000)
                for id in ids { try await redis.send(["XADD", "process:updates", id, "data", id]) }
            }
            try await eventually("the last of them is in") { recording.data.last == ids.last }
            let expected = (1...20_000).map(String.init) + ids
            #expect(recording.data == expected)
            #expect(recording.gaps.map(\.cause) == [.setBack])
        }
    }

    @Test("a short stream is recognised although no entry that is remembered is in it")
    func short() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.addNumbered(1...20_000)
            try await eventually("they are in", within: .seconds(60)) { recording.entries.count == 20_000 }
            try await losingTheConnection(redis, recording) {
                try await redis.setBack(to: 1...5000)
                try await redis.send(["XTRIM", "process:updates", "MAXLEN", "10"])
                try await redis.send(["XADD", "process:updates", "20001-0", "data", "next"])
            }
            try await eventually("the next entry is in") { recording.data.last == "next" }
            #expect(recording.data == (1...20_000).map(String.init) + ["next"])
            #expect(recording.gaps.map(\.cause) == [.setBack])
        }
    }

    @Test("what was there before reading began isn't delivered when the server goes back to before that")
    func beforeTheBeginning() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            try await redis.addNumbered(1...100)
        }) { redis, recording, _ in
            try await redis.addNumbered(101...110)
            try await eventually("they are in") { recording.entries.count == 10 }
            try await losingTheConnection(redis, recording) { try await redis.setBack(to: 1...50) }
            try await eventually("the loss is told") { !recording.gaps.isEmpty }
            try await redis.send(["XADD", "process:updates", "111-0", "data", "next"])
            try await eventually("the next entry is in") { recording.data.last == "next" }
            #expect(recording.data == (101...110).map(String.init) + ["next"])
            #expect(recording.gaps.map(\.cause) == [.setBack])
            #expect(recording.gaps.first?.missing == 60)
        }
    }

    @Test("nothing comes twice although entries were deleted one by one before", arguments: [true, false])
    func deletedBefore(isBeforeReading: Bool) async throws {
        try await followingThrowawayRedis(prepare: { redis in
            try await redis.addNumbered(1...5)
            if isBeforeReading { try await redis.send(["XDEL", "process:updates", "5-0"]) }
        }) { redis, recording, _ in
            try await redis.addNumbered(6...9)
            try await redis.send(["XDEL", "process:updates", "5-0"])
            try await redis.addNumbered(10...10)
            try await eventually("they are in") { recording.entries.count == 5 }
            try await losingTheConnection(redis, recording) {
                try await redis.setBack(to: 1...9)
                try await redis.send(["XDEL", "process:updates", "5-0"])
            }
            try await eventually("the loss is told") { !recording.gaps.isEmpty }
            try await redis.addNumbered(11...11)
            try await eventually("the next entry is in") { recording.data.last == "11" }
            #expect(recording.data == (6...11).map(String.init))
            #expect(recording.gaps.map(\.cause) == [.setBack])
            #expect(recording.gaps.first?.missing == 1)
        }
    }

    @Test("nothing comes twice from a server that lags behind with deleting, either")
    func deletedLater() async throws {
        try await followingThrowawayRedis(prepare: { try await $0.addNumbered(1...5) }) { redis, recording, _ in
            try await redis.addNumbered(6...9)
            try await redis.send(["XDEL", "process:updates", "5-0"])
            try await redis.send(["COPY", "process:updates", "lagging"])
            try await redis.send(["XDEL", "process:updates", "1-0"])
            try await eventually("they are in") { recording.entries.count == 4 }
            let looks = try await redis.calls(of: "multi")
            try await redis.addNumbered(10...10)
            try await eventually("it is looked again") { try await redis.calls(of: "multi") > looks }
            try await redis.send([
                ["XADD", "lagging", "10-0", "data", "10"], ["COPY", "lagging", "process:updates", "REPLACE"],
            ])
            try await redis.addNumbered(11...11)
            try await eventually("the next entry is in") { recording.data.last == "11" }
            let looksBefore = try await redis.calls(of: "multi")
            try await redis.addNumbered(12...12)
            try await eventually("it is looked again") { try await redis.calls(of: "multi") > looksBefore }
            try await redis.addNumbered(13...13)
            try await eventually("the last entry is in") { recording.data.last == "13" }
            #expect(recording.data == (6...13).map(String.init))
        }
    }

    @Test("another stream is read from its beginning, though the ids of its entries lie among those that were read")
    func another() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.addNumbered(1...10_000)
            try await eventually("they are in", within: .seconds(60)) { recording.entries.count == 10_000 }
            try await losingTheConnection(redis, recording) {
                try await redis.send(["DEL", "process:updates"])
                for id in ["3000-1", "8000-1", "20000-0"] {
                    try await redis.send(["XADD", "process:updates", id, "data", id])
                }
            }
            try await eventually("the last of them is in") { recording.data.last == "20000-0" }
            #expect(recording.data == (1...10_000).map(String.init) + ["3000-1", "8000-1", "20000-0"])
            #expect(recording.gaps.map(\.cause) == [.restarted])
        }
    }

    @Test("a stream that is deleted and begins with the same entry, all at once, is read on with nothing twice")
    func begunWithTheSame() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            try await redis.send(["XADD", "process:updates", "5-1", "data", "first"])
            try await redis.add("second")
        }) { redis, recording, _ in
            try await redis.add(1...20)
            try await eventually("they are in") { recording.entries.count == 20 }
            // Until the stream has been looked at again, and is waited for.
            try await Task.sleep(for: .milliseconds(700))
            let anew: [RedisCommand] = (21...30).map { ["XADD", "process:updates", "*", "data", "\($0)"] }
            try await redis.send(
                [["MULTI"], ["DEL", "process:updates"], ["XADD", "process:updates", "5-1", "data", "first"]] + anew
                    + [["EXEC"]])
            try await eventually("the loss is told") { !recording.gaps.isEmpty }
            try await redis.add("next")
            try await eventually("the next entry is in") { recording.data.last == "next" }
            #expect(recording.data == (1...30).map(String.init) + ["next"])
        }
    }
}

extension ThrowawayRedis {
    /// Appends entries with their number as id.
    fileprivate func addNumbered(_ numbers: ClosedRange<Int>) async throws {
        let commands = numbers.map { number -> RedisCommand in
            ["XADD", "process:updates", "\(number)-0", "data", "\(number)"]
        }
        for reply in try await send(commands) { _ = try reply.orThrow() }
    }

    /// Leaves the stream as it was when it held no more than `numbers`.
    fileprivate func setBack(to numbers: ClosedRange<Int>) async throws {
        try await send(["DEL", "process:updates"])
        try await addNumbered(numbers)
    }
}
