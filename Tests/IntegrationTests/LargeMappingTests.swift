import ControllingStation
import IEC104Model
import NIOCore
import TestBench
import Testing

@Suite("A mapping of 10 MB")
struct LargeMappingTests {
    private static let points = 200_000
    private static let sizeRange = 9_000_000...16_000_000

    /// Points of two common addresses that nobody writes to, and the one that events come for.
    private static func mapping(_ name: String) -> String {
        let many = (0..<points).map {
            #"{"name":"\#(name) \#($0)","casdu":\#(3 + $0 % 2),"ioa":\#($0),"type":13}"#
        }
        return #"{"points":[{"casdu":1,"ioa":1602,"type":13},"# + many.joined(separator: ",\n") + "]}"
    }

    @Test(
        "it is applied within seconds while events flow: no connection breaks, TESTFR is answered, nothing is lost",
        .timeLimit(.minutes(12)))
    func largeMapping() async throws {
        try await ConnectorFixture.with { fixture in
            // Made when it is this test's turn: making them takes a while.
            let first = Self.mapping("Point of a very long name")
            let second = Self.mapping("Point of another name")
            #expect(Self.sizeRange.contains(first.utf8.count), "\(first.utf8.count) octets")
            let master = try await fixture.startedMaster()
            let idle = try await fixture.connect()
            let probing = Task { try await idle.longestAnswer() }
            // Adds events one after the other, and tells how many there were.
            let feeding = Task {
                var number = 0
                while !Task.isCancelled {
                    try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#)
                    number += 1
                    try? await Task.sleep(for: .milliseconds(5))
                }
                return number
            }
            let receiving = Task {
                var values: [ProcessValue] = []
                for await asdu in master.subscription {
                    values += asdu.points.filter { $0.cause == .spontaneous }.compactMap { $0.information?.value }
                }
                return values
            }
            for mapping in [first, ConnectorFixture.mapping, second] {
                let isLarge = mapping != ConnectorFixture.mapping
                let count = isLarge ? "\(Self.points + 1)" : "17"
                let start = ContinuousClock.now
                try await fixture.redis.send(["SET", ConnectorFixture.keys.mapping, mapping])
                // A debug build spends most of this on the image keys of the mapping before, which nobody has written.
                try await eventually("the mapping of \(count) points is applied", within: .seconds(150)) {
                    try await fixture.health("points") == count
                }
                print("mapping of \(count) points applied in \(ContinuousClock.now - start)")
            }
            feeding.cancel()
            let fed = try await feeding.value
            try await eventually("all entries are read", within: .seconds(60)) {
                try await fixture.health("entries") == "\(fed)"
            }
            _ = try await master.connection.interrogate(commonAddress: 1)
            probing.cancel()
            let longest = try await probing.value
            print("TESTFR con after \(longest.nanoseconds / 1_000_000) ms at most")
            #expect(longest < .seconds(10), "t1 is 15 s")
            let closeReason = await master.connection.closeReason
            #expect(closeReason == nil)
            await master.connection.close()
            let values = await receiving.value
            #expect(values == (0..<fed).map { .shortFloat(Float($0)) })
        }
    }
}
