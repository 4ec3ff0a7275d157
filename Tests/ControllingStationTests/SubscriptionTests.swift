import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore
import TestBench
import TestSupport
import Testing

@testable import ControllingStation

@Suite("Subscription")
struct SubscriptionTests {
    @Test("live events come in order, to every subscriber")
    func inOrder() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                let (one, other) = (await connection.subscribe(), await connection.subscribe())
                try await station.send((0..<1000).map { .float(1, 1, Float($0)) })
                for number in 0..<1000 { #expect(await one.next()?.float == Float(number)) }
                for number in 0..<1000 { #expect(await other.next()?.float == Float(number)) }
            }
        }
    }

    @Test("a slow consumer stops the station within its window, and loses nothing")
    func backPressure() async throws {
        let total = 5000
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                let subscription = await connection.subscribe(highWatermark: 16)
                try await station.send((0..<total).map { .float(1, 1, Float($0)) })
                let k = LinkParameters().k
                try await eventually { subscription.isPaused }
                // In the end all that was read is acknowledged, and one window is on the way.
                try await eventually {
                    try await station.statistics.informationSent == UInt64(subscription.count + k)
                }
                #expect(subscription.count <= 16 + k)
                for number in 0..<total {
                    guard await subscription.next()?.float == Float(number) else {
                        Issue.record("\(number) is missing")
                        return
                    }
                }
            }
        }
    }

    @Test("a subscription that is dropped while it holds up reading doesn't hold it up any longer")
    func dropped() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                var slow: ASDUSubscription? = await connection.subscribe(highWatermark: 1)
                let other = await connection.subscribe()
                try await station.send((0..<100).map { .float(1, 1, Float($0)) })
                try await eventually { slow?.isPaused == true }
                slow = nil
                for number in 0..<100 { #expect(await other.next()?.float == Float(number)) }
            }
        }
    }

    @Test("ends with the connection, after all that had come")
    func end() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                let subscription = await connection.subscribe()
                try await station.send([.float(1, 1, 1), .float(1, 1, 2)])
                try await station.withUsers { users in users.first?.close() }
                var values: [Float?] = []
                for await asdu in subscription { values.append(asdu.float) }
                #expect(values == [1, 2])
                #expect(await connection.subscribe().next() == nil)
                #expect(await connection.closeReason != nil)
            }
        }
    }

    @Test("a cancelled wait takes nothing")
    func cancelledWait() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                let subscription = await connection.subscribe()
                let waited = await withTaskGroup(of: Bool.self) { group in
                    group.addTask { await subscription.next() == nil }
                    group.cancelAll()
                    return await group.next()
                }
                #expect(waited == true)
                try await station.send([.float(1, 1, 1)])
                #expect(await subscription.next()?.float == 1)
            }
        }
    }

    @Test("malformed ASDUs are delivered as such and end nothing")
    func malformed() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                let subscription = await connection.subscribe()
                try await station.withUsers { users in
                    // A type that doesn't exist, then a count that promises more than there is.
                    users.first?.send(octets: [200, 1, 3, 0, 1, 0, 1, 0, 0, 0])
                    users.first?.send(octets: [13, 2, 3, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0])
                    users.first?.send(octets: [13])
                }
                try await station.send([.float(1, 1, 1)])
                var faults: [MalformedASDU] = []
                for _ in 0..<3 {
                    guard case .failure(let fault)? = await subscription.next()?.content else {
                        Issue.record("not malformed")
                        return
                    }
                    faults.append(fault)
                }
                #expect(faults.first == .undefinedType(TypeIdentification(rawValue: 200)))
                #expect(await subscription.next()?.float == 1)
            }
        }
    }
}
