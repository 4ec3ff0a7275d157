import Foundation
import IEC104Channel
import IEC104Link
import NIOCore
import TestSupport
import Testing

@Suite("Station listener", .timeLimit(.minutes(5)))
struct StationListenerTests {
    @Test("PHY-01 PHY-07 a connection is accepted, started, and its slot is free again after a close")
    func acceptance() async throws {
        try await ListenerBench.run(host: "127.77.1.1") { bench, events in
            var peer = try await bench.peer()
            #expect(await events.next() == .accepted(1))
            #expect(try await peer.start() == APDUs.startCon)
            try await peer.close()
            #expect(await events.next() == .closed(1, .remote))
            #expect(try await bench.connections() == [])
            var next = try await bench.peer()
            #expect(await events.next() == .accepted(2))
            #expect(try await next.start() == APDUs.startCon)
        }
    }

    @Test("RED-13 beyond the limit another host is refused at once, and those who are there notice nothing")
    func refusal() async throws {
        try await ListenerBench.run(host: "127.77.1.2", maximumConnections: 2) { bench, events in
            var one = try await bench.peer(from: "127.77.2.1")
            var two = try await bench.peer(from: "127.77.2.2")
            #expect(await events.next() == .accepted(1))
            #expect(await events.next() == .accepted(2))
            var three = try await bench.peer(from: "127.77.2.3")
            #expect(await events.next() == .refused)
            #expect(await three.next() == nil)
            #expect(try await one.start() == APDUs.startCon)
            #expect(try await two.start() == APDUs.startCon)
            try await one.close()
            #expect(await events.next() == .closed(1, .remote))
            var four = try await bench.peer(from: "127.77.2.3")
            #expect(await events.next() == .accepted(3))
            #expect(try await four.start() == APDUs.startCon)
        }
    }

    @Test("PHY-08 a connection that doesn't answer TESTFR act is replaced after 2 s by the newcomer of its host")
    func takeOver() async throws {
        try await ListenerBench.run(host: "127.77.1.3") { bench, events in
            var dead = try await bench.peer()
            #expect(await events.next() == .accepted(1))
            #expect(try await dead.start() == APDUs.startCon)
            let begin = NIODeadline.now()
            var newcomer = try await bench.peer()
            try await newcomer.send(APDUs.startAct)
            #expect(await dead.next() == APDUs.testAct)
            #expect(await events.next() == .takenOver(1))
            #expect(await events.next() == .accepted(2))
            let waited = NIODeadline.now() - begin
            #expect(waited >= .milliseconds(1900) && waited < .seconds(8), "\(waited)")
            #expect(await newcomer.next() == APDUs.startCon, "what it sent while it waited is answered")
            #expect(await dead.next() == nil)
            #expect(try await bench.connections() == [2])
        }
    }

    @Test("PHY-08 a connection that answers TESTFR act keeps its place, and the newcomer is refused")
    func keptPlace() async throws {
        try await ListenerBench.run(host: "127.77.1.4") { bench, events in
            var living = try await bench.peer()
            #expect(await events.next() == .accepted(1))
            var newcomer = try await bench.peer()
            #expect(await living.next() == APDUs.testAct)
            try await living.send(APDUs.testCon)
            #expect(await events.next() == .refused)
            #expect(await newcomer.next() == nil)
            #expect(try await living.start() == APDUs.startCon)
            #expect(try await bench.connections() == [1])
        }
    }

    @Test("while one newcomer waits a second one of the same host is refused at once")
    func secondNewcomer() async throws {
        try await ListenerBench.run(host: "127.77.1.5") { bench, events in
            var living = try await bench.peer()
            #expect(await events.next() == .accepted(1))
            var first = try await bench.peer()
            #expect(await living.next() == APDUs.testAct)
            var second = try await bench.peer()
            #expect(await events.next() == .refused)
            #expect(await second.next() == nil)
            try await living.send(APDUs.testCon)
            #expect(await events.next() == .refused)
            #expect(await first.next() == nil)
        }
    }

    @Test("a newcomer that waits gets a slot that became free meanwhile, though the connection asked is alive")
    func freedMeanwhile() async throws {
        try await ListenerBench.run(host: "127.77.1.6", maximumConnections: 2) { bench, events in
            var living = try await bench.peer(from: "127.77.2.1")
            #expect(await events.next() == .accepted(1))
            let other = try await bench.peer(from: "127.77.2.2")
            #expect(await events.next() == .accepted(2))
            var newcomer = try await bench.peer(from: "127.77.2.1")
            #expect(await living.next() == APDUs.testAct)
            try await other.close()
            #expect(await events.next() == .closed(2, .remote))
            try await living.send(APDUs.testCon)
            #expect(await events.next() == .accepted(3))
            let answer = try await newcomer.start()
            #expect(answer == APDUs.startCon)
            #expect(try await bench.connections() == [1, 3])
        }
    }

    @Test(
        "a newcomer in the moment in which its host's old connection is being closed isn't left hanging",
        arguments: [(host: "127.77.1.7", isFirst: false), (host: "127.77.1.13", isFirst: true)])
    func newcomerWhileClosing(_ host: String, newcomerIsFirst: Bool) async throws {
        try await ListenerBench.run(host: host) { bench, events in
            let old = try await bench.peer()
            #expect(await events.next() == .accepted(1))
            // The listener's loop finds both in one round: octets that close the old connection, and the newcomer, who isn't
            // active yet when it comes first.
            let (held, holding) = (DispatchSemaphore(value: 0), AsyncStream.makeStream(of: Void.self))
            let round = bench.eventLoop.submit {
                holding.continuation.finish()
                _ = held.wait(timeout: .now() + 10)
            }
            for await _ in holding.stream {}
            if !newcomerIsFirst { try await old.send("69") }
            var newcomer = try await bench.peer()
            if newcomerIsFirst { try await old.send("69") }
            held.signal()
            try await round.get()
            let answer = try await newcomer.start()
            #expect(answer == APDUs.startCon)
            #expect(try await bench.connections() == [2])
        }
    }

    @Test("RED-19 when the listener stops, a newcomer that waits doesn't get in any more")
    func stopWhileWaiting() async throws {
        try await ListenerBench.run(host: "127.77.1.8") { bench, events in
            var living = try await bench.peer()
            #expect(await events.next() == .accepted(1))
            var newcomer = try await bench.peer()
            #expect(await living.next() == APDUs.testAct)
            try await bench.stopAccepting()
            try await bench.onLoop { $0.listener?.closeConnections(.local("stopped")) }
            #expect(await living.next() == nil)
            #expect(await newcomer.next() == nil)
            #expect(try await bench.connections() == [])
        }
    }

    @Test("PHY-04 closing a connection by a fault is reported with its reason")
    func fault() async throws {
        try await ListenerBench.run(host: "127.77.1.9") { bench, events in
            var peer = try await bench.peer()
            #expect(await events.next() == .accepted(1))
            try await peer.send(APDUs.I(0, 0))
            #expect(await peer.next() == nil)
            #expect(
                await events.next()
                    == .closed(1, .fault(.frameInWrongState(.information(send: .init(0), receive: .init(0)), .stopped)))
            )
        }
    }

    @Test("RED-13 another limit counts for newcomers, and other parameters too; those who are there stay as they are")
    func otherLimit() async throws {
        try await ListenerBench.run(host: "127.77.1.12") { bench, events in
            var one = try await bench.peer(from: "127.77.2.1")
            #expect(await events.next() == .accepted(1))
            try await bench.onLoop {
                $0.listener?.maximumConnections = 2
                $0.listener?.parameters.w = 1
            }
            var two = try await bench.peer(from: "127.77.2.2")
            #expect(await events.next() == .accepted(2))
            try await bench.onLoop { $0.listener?.maximumConnections = 0 }
            var three = try await bench.peer(from: "127.77.2.3")
            #expect(await events.next() == .refused)
            #expect(await three.next() == nil)
            #expect(try await one.start() == APDUs.startCon)
            #expect(try await two.start() == APDUs.startCon)
            for peer in [one, two] { try await peer.send(joined(APDUs.I(0, 0), APDUs.testAct)) }
            #expect(await one.next() == APDUs.testCon)
            #expect(await two.next() == APDUs.S(1))
        }
    }

    @Test("PHY-12 200 connections come and go, and nothing of them stays")
    func storm() async throws {
        try await ListenerBench.run(host: "127.77.1.10", maximumConnections: 4) { bench, events in
            var (accepted, refused, closed) = (0, 0, 0)
            for number in 0..<200 {
                try await bench.peer(from: "127.77.3.\(number + 1)").close()
                while accepted + refused <= number || closed < accepted - 2 {
                    switch await events.next() {
                    case .accepted?: accepted += 1
                    case .refused?: refused += 1
                    case .closed?: closed += 1
                    case .takenOver?, nil: Issue.record("unexpected")
                    }
                }
            }
            while closed < accepted, case .closed? = await events.next() { closed += 1 }
            #expect(accepted + refused == 200 && closed == accepted)
            #expect(try await bench.connections() == [])
            var last = try await bench.peer()
            #expect(try await last.start() == APDUs.startCon)
            let alive = try await bench.onLoop { $0.users.count { $0.user != nil } }
            #expect(alive == 1, "only the user of the last connection is alive")
        }
    }

    @Test("PHY-02 an address that is taken is an error")
    func addressTaken() async throws {
        try await ListenerBench.run(host: "127.77.1.11") { bench, _ in
            let port = try #require(bench.address.port)
            await #expect(throws: (any Error).self) {
                try await bench.eventLoop.flatSubmit { [loop = bench.eventLoop] in
                    StationListener<ScriptedUser>(
                        eventLoop: loop, maximumConnections: 1, parameters: LinkParameters(),
                        makeUser: { _ in ScriptedUser() }, onEvent: { _ in }
                    ).bind(host: "127.77.1.11", port: port)
                }.get()
            }
        }
    }
}
