import ControllingStation
import IEC104Model
import Load
import NIOConcurrencyHelpers
import NIOCore
import TestBench
import TestSupport
import Testing

/// A station that reports what is written to it: to each connection what the test says.
private struct StationFeed: EventFeed {
    /// Which events a connection gets instead of those written, by their indices; the first connection is 0.
    typealias Delivery = @Sendable (_ connection: Int, _ index: UInt32) -> [UInt32]

    let station: ScriptedStation
    let delivery: Delivery

    func write(_ indices: Range<UInt32>, of plan: EventPlan) async throws {
        let delivery = delivery
        try await station.withUsers { users in
            for (connection, user) in users.enumerated() {
                let delivered = indices.flatMap { delivery(connection, $0) }
                user.send(delivered.compactMap { .event($0, of: plan) })
            }
        }
    }
}

extension ASDU {
    /// An event as a connector reports it.
    fileprivate static func event(_ index: UInt32, of plan: EventPlan) -> ASDU? {
        guard let address = InformationObjectAddress(rawValue: plan.objectAddress(index)) else { return nil }
        let element = M_BO_TB_1(
            bits: plan.number(index), quality: .good, time: CP56Time2a(millisecondsSince1970: 0))
        return ASDU(
            InformationObject(address: address, element: .M_BO_TB_1(element)), cause: .spontaneous,
            commonAddress: plan.commonAddress)
    }
}

@Suite("A load on a station")
struct LoadTests {
    private static let connections = 3
    private static let count: UInt32 = 100

    private func plan(rate: Double = 2000) -> EventPlan {
        EventPlan(
            count: Self.count, rate: rate, commonAddress: CommonAddress(rawValue: 1), firstAddress: 500, points: 7)
    }

    /// The outcome at a station that delivers events like this.
    private func outcome(_ delivery: @escaping StationFeed.Delivery) async throws -> LoadOutcome {
        let result = NIOLockedValueBox<LoadOutcome?>(nil)
        try await ScriptedStation.with { station in
            var options = LoadOptions(host: "127.0.0.1", connections: Self.connections, duration: .seconds(1))
            options.port = station.port
            options.interrogated = nil
            options.events = (plan(), StationFeed(station: station, delivery: delivery))
            let outcome = try await Load(options).run()
            result.withLockedValue { $0 = outcome }
        }
        return try #require(result.withLockedValue { $0 })
    }

    /// What the connections with faults have: lost, doubled, out of order.
    private func faults(_ outcome: LoadOutcome) -> [[Int]] {
        outcome.connections.filter { !$0.isEven }.map {
            [$0.lost, $0.deliveries.duplicates, $0.deliveries.misordered]
        }
    }

    @Test("what each connection gets once and in order is even, with a latency for each event")
    func even() async throws {
        let outcome = try await outcome { _, index in [index] }
        #expect(outcome.isEven)
        #expect(outcome.standing == Self.connections)
        #expect(outcome.written == Int(Self.count))
        #expect(outcome.received == Self.connections * Int(Self.count))
        #expect(outcome.latencies.totalCount == UInt64(outcome.received))
        #expect(outcome.starts.totalCount == UInt64(Self.connections))
    }

    @Test("an event that one connection doesn't get is lost there, and nowhere else")
    func loss() async throws {
        let outcome = try await outcome { connection, index in connection == 1 && index % 40 == 30 ? [] : [index] }
        #expect(faults(outcome) == [[2, 0, 0]])
        #expect(!outcome.isEven)
    }

    @Test("an event that one connection gets twice is doubled there, also if the second time is after all others")
    func duplicates() async throws {
        let outcome = try await outcome { connection, index in
            if connection == 2, index == 10 { return [index, index] }
            return connection == 2 && index == Self.count - 1 ? [index, 3] : [index]
        }
        #expect(faults(outcome) == [[0, 2, 0]])
        #expect(outcome.latencies.totalCount == UInt64(Self.connections) * UInt64(Self.count))
    }

    @Test("two events that change places are one out of order, and neither lost nor doubled")
    func order() async throws {
        let outcome = try await outcome { connection, index in
            guard connection == 0, index == 20 || index == 21 else { return [index] }
            return [index == 20 ? 21 : 20]
        }
        #expect(faults(outcome) == [[0, 0, 1]])
    }

    @Test("a report with a number that isn't the load's is foreign, and no event")
    func foreign() async throws {
        let outcome = try await outcome { connection, index in
            connection == 0 && index == 50 ? [Self.count + 5, index] : [index]
        }
        #expect(outcome.isEven)
        #expect(outcome.foreign == 1)
        #expect(outcome.connections.map(\.foreign).sorted() == [0, 0, 1])
    }

    @Test("a connection that breaks under the load is told with its reason, and what it misses is lost")
    func breakage() async throws {
        let station = NIOLockedValueBox<LoadOutcome?>(nil)
        try await ScriptedStation.with { scripted in
            var options = LoadOptions(host: "127.0.0.1", connections: 2, duration: .seconds(1))
            options.port = scripted.port
            options.interrogated = nil
            options.events = (plan(), BreakingFeed(station: scripted))
            let outcome = try await Load(options).run()
            station.withLockedValue { $0 = outcome }
        }
        let outcome = try #require(station.withLockedValue { $0 })
        #expect(outcome.standing == 1)
        #expect(outcome.connections.filter { $0.closeReason == .remote }.map(\.lost) == [Int(Self.count)])
        #expect(outcome.connections.filter { $0.closeReason == nil }.map(\.lost) == [0])
        #expect(LoadTable.text(outcome).contains("FAILED: 1 of 2 connections stood; lost 100"))
    }

    @Test("an interruption ends it at once, and what was written so far is what had to come")
    func interruption() async throws {
        let result = NIOLockedValueBox<LoadOutcome?>(nil)
        let delivered = NIOLockedValueBox(0)
        try await ScriptedStation.with { station in
            let feed = StationFeed(station: station) { _, index in
                delivered.withLockedValue { $0 += 1 }
                return [index]
            }
            var options = LoadOptions(host: "127.0.0.1", connections: 2, duration: .seconds(1))
            options.port = station.port
            options.interrogated = nil
            // At this rate it would take ten minutes.
            options.events = (plan(rate: 1.0 / 6), feed)
            options.interruption = {
                try? await eventually("an event is written") { delivered.withLockedValue { $0 > 0 } }
            }
            let outcome = try await Load(options).run()
            result.withLockedValue { $0 = outcome }
        }
        let outcome = try #require(result.withLockedValue { $0 })
        #expect(outcome.isInterrupted && outcome.isEven)
        #expect((1..<Int(Self.count)).contains(outcome.written))
        #expect(outcome.received == 2 * outcome.written)
        #expect(LoadTable.text(outcome).contains("interrupted; so far even"))
    }

    @Test("latencies count from the time an event was due: a stall shows in all that it holds up")
    func stall() async throws {
        let result = NIOLockedValueBox<LoadOutcome?>(nil)
        try await ScriptedStation.with { station in
            var options = LoadOptions(host: "127.0.0.1", connections: 1, duration: .seconds(1))
            options.port = station.port
            options.interrogated = nil
            // All events are due within 50 ms, and the first write takes 400 ms.
            options.events = (
                plan(), StallingFeed(feed: StationFeed(station: station) { _, index in [index] }, stall: 0.4)
            )
            let outcome = try await Load(options).run()
            result.withLockedValue { $0 = outcome }
        }
        let outcome = try #require(result.withLockedValue { $0 })
        #expect(outcome.isEven)
        #expect(outcome.latencies.valueAtPercentile(50) >= 350_000)
        #expect(outcome.writeDelay >= 350_000)
    }

    @Test("a station that closes a connection before the load begins is no run, and the fault says which and why")
    func refused() async throws {
        try await ScriptedStation.with(script: { _, user in user.close() }) { station in
            var options = LoadOptions(host: "127.0.0.1", connections: 2, duration: .milliseconds(10))
            options.port = station.port
            let load = Load(options)
            let fault = await #expect(throws: LoadFault.self) { _ = try await load.run() }
            let text = fault.map { "\($0)" } ?? ""
            #expect(text.contains("of 2: interrogation of common address 65535: the connection ended"))
        }
    }
}

/// Ends the first connection instead of reporting to it.
private struct BreakingFeed: EventFeed {
    let station: ScriptedStation

    func write(_ indices: Range<UInt32>, of plan: EventPlan) async throws {
        try await station.withUsers { users in
            if indices.contains(0) { users.first?.close() }
            for user in users.dropFirst(indices.contains(0) ? 1 : 0) {
                user.send(indices.compactMap { .event($0, of: plan) })
            }
        }
    }
}

/// Stands still before it writes for the first time.
private struct StallingFeed: EventFeed {
    let feed: StationFeed
    /// In seconds.
    let stall: Double

    func write(_ indices: Range<UInt32>, of plan: EventPlan) async throws {
        if indices.contains(0) { try await Task.sleep(for: .seconds(stall)) }
        try await feed.write(indices, of: plan)
    }
}
