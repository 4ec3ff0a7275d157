import NIOCore
import Synchronization
import Testing
import TestBench

@testable import DataStore

@Suite("Following the input stream")
struct StreamFollowingTests {
    @Test("brings what comes after the beginning, in order, each entry once")
    func order() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            try await redis.add("before")
        }) { redis, recording, _ in
            for start in stride(from: 1, to: 5000, by: 500) { try await redis.add(start...start + 499) }
            try await eventually("all entries are in") { recording.entries.count >= 5000 }
            #expect(recording.data == (1...5000).map(String.init))
            #expect(recording.gaps.isEmpty)
        }
    }

    @Test("leaves no gap between snapshot and stream, however long the snapshot takes")
    func handover() async throws {
        // A producer that writes image and stream, from before the follower comes until after the snapshot.
        let recording = Recording(before: { event in
            if case .image = event { try? await Task.sleep(for: .milliseconds(100)) }
        })
        try await withThrowawayRedis { redis in
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    var number = 0
                    while recording.snapshots == 0 || number < 300 {
                        number += 1
                        let text = String(number)
                        try await redis.send([
                            ["SET", imageKey(1), text], ["XADD", "process:updates", "*", "data", text],
                        ])
                    }
                    return number
                }
                try await eventually("the producer is at work") {
                    (try await redis.send(["GET", imageKey(1)]).string).flatMap { Int($0) }.map { $0 > 20 } ?? false
                }
                try await following(redis, recording) { _ in
                    let last = try await group.next() ?? 0
                    try await eventually("the last entry is in") { recording.data.last == String(last) }
                    let first = try #require(recording.image(1).first.flatMap { Int($0) })
                    let events = recording.data.compactMap { Int($0) }
                    let begin = try #require(events.first)
                    #expect(begin <= first + 1)
                    #expect(events == Array(begin...last))
                }
            }
        }
    }

    @Test("brings the entries that were there before an image value, before that value")
    func precedence() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            for number in 1...50 {
                try await redis.send([
                    ["MULTI"], ["XADD", "process:updates", "*", "data", String(number)],
                    ["SET", imageKey(1), String(number)], ["EXEC"],
                ])
            }
            try await eventually("the last value is read") { recording.image(1).last == "50" }
            var delivered = 0
            for event in recording.events {
                switch event {
                case .entries(let entries): delivered += entries.count
                case .image(let reads): #expect(reads.allSatisfy { Int($0.content.text) ?? 0 <= delivered })
                default: break
                }
            }
            #expect(delivered == 50)
        }
    }

    @Test("doesn't hold up image values when the newest entry is deleted")
    func deletedEntry() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            let clock = ContinuousClock()
            let start = clock.now
            for number in 1...20 {
                try await redis.send([
                    ["MULTI"], ["XADD", "process:updates", "\(number)-1", "data", "x"],
                    ["XDEL", "process:updates", "\(number)-1"], ["SET", imageKey(1), String(number)], ["EXEC"],
                ])
                try await eventually("the value is read") { recording.image(1).last == String(number) }
            }
            // One second for each, if it were waited for.
            #expect(clock.now - start < .seconds(10))
        }
    }

    @Test("says that an entry is too long and which, and reads on behind it")
    func tooLong() async throws {
        let long = String(repeating: "x", count: 65_537)
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.send([
                ["MULTI"], ["XADD", "process:updates", "1-1", "data", "one"],
                ["XADD", "process:updates", "1-2", "value", "2", "data", long],
                ["XADD", "process:updates", "1-3", "data", String(long.dropLast())], ["EXEC"],
            ])
            try await eventually("three entries are in") { recording.entries.count == 3 }
            let entries = recording.entries
            #expect(entries.map(\.id.sequence) == [1, 2, 3])
            #expect(entries[1].fields.map(\.name) == ["value"])
            #expect(entries[1].fault?.contains("data has STRING-TOO-LONG 65537 octets") == true)
            #expect(entries[0].fault == nil && entries[2].fault == nil)
            #expect(recording.states.count == 1)
        }
    }

    @Test("reads entries in several goes that are too much for one, and skips only what alone is too much")
    func tooMuch() async throws {
        let value = String(repeating: "x", count: 65_536)
        // All of them are more than a reply may hold, and so is the second alone.
        let sizes = [10, 1100, 10]
        try await followingThrowawayRedis { redis, recording, _ in
            var commands: [RedisCommand] = [["MULTI"]]
            for (index, size) in sizes.enumerated() {
                var command: RedisCommand = ["XADD", "process:updates", "1-\(index + 1)"]
                for number in 0..<size {
                    command.append(String(number))
                    command.append(value)
                }
                commands.append(command)
            }
            try await redis.send(commands + [["EXEC"]])
            try await eventually("all entries are in", within: .seconds(30)) { recording.entries.count == 3 }
            #expect(recording.entries.map(\.id.sequence) == [1, 2, 3])
            #expect(recording.entries.map { $0.fault == nil } == [true, false, true])
            #expect(recording.entries.map { $0.fields.count == 10 } == [true, false, true])
            #expect(recording.states.count == 1)
        }
    }

    @Test("says how many entries were trimmed while it was held up")
    func trimmed() async throws {
        let isHeld = Atomic<Bool>(true)
        let recording = Recording(before: { event in
            if case .entries = event { try? await eventually("it goes on") { !isHeld.load(ordering: .relaxed) } }
        })
        try await followingThrowawayRedis(recording: recording) { redis, recording, _ in
            try await redis.add("0")
            // Which entry is the first to be held up depends on how fast the server is; the sum doesn't.
            try await redis.add(1...100)
            try await redis.send(["XTRIM", "process:updates", "MAXLEN", "10"])
            isHeld.store(false, ordering: .relaxed)
            try await eventually("the last entry is in, and the gap is told") {
                recording.data.last == "100" && !recording.gaps.isEmpty
            }
            let gap = try #require(recording.gaps.first)
            #expect(recording.gaps.count == 1)
            #expect(gap.missing.map { $0 + recording.entries.count } == 101)
            #expect(gap.cause == .removed)
            #expect(recording.data.suffix(10) == (91...100).map(String.init))
        }
    }

    @Test("says that the stream was begun anew, and reads it from its beginning")
    func restarted() async throws {
        try await followingThrowawayRedis(adjust: { $0.stallTimeout = .seconds(2) }) { redis, recording, _ in
            try await redis.add(1...3)
            try await eventually("the entries are in") { recording.entries.count == 3 }
            try await redis.send([["DEL", "process:updates"], ["XADD", "process:updates", "1-1", "data", "new"]])
            try await eventually("the new entry is in") { recording.data.last == "new" }
            #expect(recording.gaps.map(\.cause) == [.restarted])
            #expect(recording.data == ["1", "2", "3", "new"])
            #expect(recording.states.count == 1)
        }
    }

    @Test("notices at once that the store was emptied, and not by what comes next")
    func flushed() async throws {
        try await followingThrowawayRedis(adjust: { $0.stallTimeout = .seconds(120) }) { redis, recording, _ in
            try await redis.add(1...3)
            try await eventually("the entries are in") { recording.entries.count == 3 }
            let looks = try await redis.calls(of: "multi")
            try await eventually("it looks once more") { try await redis.calls(of: "multi") > looks }
            try await eventually("the reader waits") { try await redis.blockedClients == 1 }
            try await redis.send(["FLUSHALL"])
            try await eventually("the gap is told", within: .seconds(30)) {
                recording.gaps.map(\.cause) == [.restarted]
            }
            try await redis.add("4")
            try await eventually("the next entry is in") { recording.data == ["1", "2", "3", "4"] }
        }
    }

    @Test("reads all of a stream that was begun anew, also what has lesser ids than entries read of it already")
    func restartedInDisorder() async throws {
        for count in [1, 6] {
            try await followingThrowawayRedis { redis, recording, _ in
                let add = { (id: String) -> RedisCommand in ["XADD", "process:updates", id, "data", id] }
                let old = (1...count).map { "5-\($0)" }
                try await redis.send(old.map(add))
                try await eventually("the entries are in") { recording.data == old }
                try await redis.send([["DEL", "process:updates"], add("1-1"), add("1-2"), add("9-1")])
                try await eventually("the gap is told, and the entries are in") {
                    !recording.gaps.isEmpty && recording.data.contains("1-2") && recording.data.contains("9-1")
                }
                try await redis.send(add("9-2"))
                try await eventually("the next entry is in") { recording.data.last == "9-2" }
                let news = recording.data.dropFirst(count)
                #expect(news.sorted() == ["1-1", "1-2", "9-1", "9-2"], "\(news)")
                #expect(recording.gaps.map(\.cause) == [.restarted])
            }
        }
    }

    @Test("a stream that is trimmed less than it was, as on another server, is still the same")
    func trimmedLess() async throws {
        try await followingThrowawayRedis(.init(isPersistent: true)) { redis, recording, _ in
            try await redis.add(1...10)
            try await eventually("the entries are in") { recording.entries.count == 10 }
            try await redis.send(["COPY", "process:updates", "as it was"])
            try await losingTheConnection(redis, recording) {
                try await redis.send(["XTRIM", "process:updates", "MAXLEN", "3"])
            }
            try await redis.add("11")
            try await eventually("the next entry is in") { recording.data.last == "11" }
            try await losingTheConnection(redis, recording) {
                try await redis.send(["COPY", "as it was", "process:updates", "REPLACE"])
            }
            try await redis.add("12")
            try await eventually("the next entry is in") { recording.data.last == "12" }
            #expect(recording.data == (1...12).map(String.init))
            #expect(!recording.gaps.map(\.cause).contains(.restarted))
        }
    }

    @Test("says so as well if the new stream's first entry comes while the old one's next is waited for")
    func restartedWhileWaiting() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.add(1...5)
            try await eventually("the entries are in") { recording.entries.count == 5 }
            try await eventually("the reader waits") { try await redis.blockedClients == 1 }
            let add = { (data: String) -> RedisCommand in ["XADD", "process:updates", "*", "data", data] }
            try await redis.send([["MULTI"], add("gone"), ["DEL", "process:updates"], add("new"), ["EXEC"]])
            try await eventually("the gap is told") { !recording.gaps.isEmpty }
            try await redis.add("next")
            try await eventually("the next entry is in") { recording.data.last == "next" }
            #expect(recording.data == ["1", "2", "3", "4", "5", "new", "next"])
            #expect(recording.gaps.map(\.cause) == [.restarted])
        }
    }

    @Test("doesn't ask for the last entry again where the server counts")
    func lastEntry() async throws {
        try await followingThrowawayRedis(adjust: { $0.stallTimeout = .milliseconds(400) }) { redis, recording, _ in
            try await redis.add("1")
            try await eventually("the entry is in") { recording.data == ["1"] }
            let looks = try await redis.calls(of: "multi")
            try await eventually("it is looked again") { try await redis.calls(of: "multi") >= looks + 2 }
            let calls = try await redis.calls(of: "xrange")
            #expect(calls == 0)
        }
    }

    @Test("says once that the key holds something else, goes on with the image, and reads it when it is a stream")
    func wrongType() async throws {
        try await followingThrowawayRedis(prepare: { redis in
            try await redis.send(["SET", "process:updates", "not a stream"])
        }) { redis, recording, _ in
            try await eventually("it is reported") { recording.refusals.map(\.code) == ["WRONGTYPE"] }
            try await redis.send(["SET", imageKey(1), "one"])
            try await eventually("the image goes on") { recording.image(1) == ["one"] }
            let clock = ContinuousClock()
            let (start, calls) = (clock.now, try await redis.calls(of: "multi"))
            try await eventually("it is looked at again") { try await redis.calls(of: "multi") >= calls + 2 }
            #expect(clock.now - start > .seconds(1))
            try await redis.send([["DEL", "process:updates"], ["XADD", "process:updates", "*", "data", "at last"]])
            try await eventually("the entry is in") { recording.data == ["at last"] }
            #expect(recording.refusals.count == 1)
            #expect(recording.states.count == 1)
        }
    }

    @Test("asks for nothing while nothing comes")
    func idle() async throws {
        try await followingThrowawayRedis { redis, recording, _ in
            try await redis.add("1")
            try await eventually("the entry is in") { recording.data == ["1"] }
            // Half a second after the last entry it looks once more.
            try await Task.sleep(for: .milliseconds(700))
            try await eventually("the reader waits") { try await redis.blockedClients == 1 }
            let before = try await redis.calls(of: "multi")
            #expect(before > 0)
            try await Task.sleep(for: .milliseconds(300))
            let after = try await redis.calls(of: "multi")
            #expect(after == before)
        }
    }
}
