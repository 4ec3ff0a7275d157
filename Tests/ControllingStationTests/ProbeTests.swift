import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore
import NIOPosix
import TestBench
import TestSupport
import Testing

/// What the probe does on purpose, and how a station that keeps the rules takes it.
@Suite("Probe")
struct ProbeTests {
    private static let harmless = RawRequest(200, ca: 1, [1])

    private func withProbe(
        k: Int = 12, _ body: @escaping @Sendable (ScriptedStation, ProbeConnection, FrameLog) async throws -> Void
    ) async throws {
        var parameters = fastParameters
        parameters.k = k
        parameters.w = 1
        try await ScriptedStation.with(parameters: parameters) { station in
            let log = FrameLog()
            let probe = try await ProbeConnection.connect(
                host: "127.0.0.1", port: station.port, label: "A", log: log, pace: ProbePace(), options: .init())
            try await probe.send(.startDataTransferActivation)
            _ = try await frames(probe) { $0.isFunction(.startDataTransferConfirmation) }
            try await body(station, probe, log)
            await probe.close()
        }
    }

    /// What comes up to a frame of a kind, or the end of the connection.
    private func frames(
        _ probe: ProbeConnection, within limit: TimeAmount = .seconds(20), until isLast: (ProbeFrame) -> Bool
    ) async throws -> (frames: [ProbeFrame], isClosed: Bool) {
        var frames: [ProbeFrame] = []
        let deadline = NIODeadline.now() + limit
        while true {
            switch try await probe.next(until: deadline) {
            case .frame(let frame):
                frames.append(frame)
                if isLast(frame) { return (frames, false) }
            case .closed: return (frames, true)
            case .nothing: return (frames, false)
            }
        }
    }

    @Test("while acknowledgements are held, no more than k frames come; then the rest does")
    func held() async throws {
        try await withProbe(k: 3) { station, probe, _ in
            try await probe.holdAcknowledgements()
            try await station.send(Array(repeating: .float(1, 5, 1), count: 5))
            let first = try await frames(probe) { $0.sendNumber == 2 }
            #expect(first.frames.filter(\.isInformation).compactMap(\.sendNumber) == [0, 1, 2])
            // What would be sent in spite of the window would come ahead of the answer.
            try await probe.send(.testFrameActivation)
            let answer = try await frames(probe) { $0.isFunction(.testFrameConfirmation) }
            #expect(answer.frames.count == 1)
            try await probe.acknowledgeAll()
            let rest = try await frames(probe) { $0.sendNumber == 4 }
            #expect(rest.frames.compactMap(\.sendNumber) == [3, 4])
        }
    }

    @Test("held acknowledgements pass over what was acknowledged before: what comes then is unacknowledged")
    func passedOver() async throws {
        try await withProbe { station, probe, log in
            try await station.send([.float(1, 5, 1), .float(1, 5, 1)])
            try await eventually("both are received") { try await probe.receiveState == 2 }
            try await probe.holdAcknowledgements()
            try await station.send([.float(1, 5, 1)])
            let next = try await frames(probe, until: \.isInformation)
            #expect(next.frames.compactMap(\.sendNumber) == [2])
            #expect(
                log.entries.count { if case .received(let octets) = $0.event { octets.count > 6 } else { false } } == 3)
        }
    }

    @Test(
        "wrong numbers and octets that make no frame go out as they are, and end the connection",
        arguments: [
            Outgoing.numbered(harmless, send: 1, receive: 0), .acknowledgement(7), .raw([0x68, 0x04, 0x47, 0, 0, 0]),
            .raw([0x69]),
        ])
    func wrong(_ outgoing: Outgoing) async throws {
        try await withProbe { _, probe, log in
            try await probe.send(outgoing)
            let end = try await frames(probe) { _ in false }
            #expect(end.isClosed)
            let isTold = log.entries.contains { if case .closedByStation = $0.event { true } else { false } }
            #expect(isTold)
        }
    }

    @Test("closing one's own direction leaves the end to the station, and tells when it comes")
    func closedHalf() async throws {
        try await withProbe { _, probe, log in
            try await probe.closeSending()
            let end = try await frames(probe) { _ in false }
            #expect(end.isClosed)
            let events = log.entries.suffix(2).map(\.event)
            let isInOrder =
                if case .sendingClosedByProbe = events.first, case .closedByStation = events.last { true } else {
                    false
                }
            #expect(isInOrder)
            #expect(await !probe.hasEndedUnasked)
        }
    }

    @Test("a half-open peer answers no TESTFR act, and is closed after t1")
    func halfOpen() async throws {
        var parameters = fastParameters
        parameters.t3 = .milliseconds(200)
        parameters.t1 = .milliseconds(300)
        try await ScriptedStation.with(parameters: parameters) { station in
            let probe = try await ProbeConnection.connect(
                host: "127.0.0.1", port: station.port, label: "A", log: FrameLog(), pace: ProbePace(), options: .init())
            try await probe.holdTestConfirmations()
            let end = try await frames(probe) { _ in false }
            #expect(end.isClosed)
            #expect(end.frames.contains { $0.isFunction(.testFrameActivation) })
        }
    }

    @Test("a connection whose station closes at once can be made, and tells that it has ended")
    func closedAtOnce() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.execute { channel.close(promise: nil) }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        for _ in 0..<50 {
            let probe = try await ProbeConnection.connect(
                host: "127.0.0.1", port: port, label: "A", log: FrameLog(), pace: ProbePace(), options: .init())
            let end = try await frames(probe) { _ in false }
            #expect(end.isClosed)
        }
        try await server.close()
    }
}
