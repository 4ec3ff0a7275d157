import IEC104Channel
import IEC104Link
import NIOCore
import NIOPosix
import Testing

@Suite("Link connector", .timeLimit(.minutes(5)))
struct LinkConnectorTests {
    /// Connects a controlling station that starts data transfer at once.
    ///
    /// - Parameter onStarted: called when the station has confirmed that.
    private func run(
        port: Int, localAddress: String?, on eventLoop: any EventLoop, onStarted: @escaping @Sendable () -> Void = {}
    ) -> EventLoopFuture<any Channel> {
        LinkConnector.connect(
            host: "127.77.4.1", port: port, localAddress: localAddress, t0: .seconds(5), eventLoop: eventLoop
        ) {
            let user = ScriptedUser()
            user.onEstablished = { $0.startDataTransfer() }
            user.onStarted = onStarted
            return LinkHandler(role: .controlling, parameters: LinkParameters(), user: user)
        }
    }

    @Test("both ends in one: connect from a given address, start, and close")
    func connect() async throws {
        try await ListenerBench.run(host: "127.77.4.1") { bench, events in
            let port = try #require(bench.address.port)
            let (started, onStarted) = AsyncStream.makeStream(of: Void.self)
            let channel = try await run(port: port, localAddress: "127.77.4.2", on: bench.eventLoop) {
                onStarted.yield()
            }.get()
            #expect(channel.localAddress?.ipAddress == "127.77.4.2")
            #expect(await events.next() == .accepted(1))
            #expect(try await bench.onLoop { $0.listener?.connections.first?.host } == "127.77.4.2")
            // Closed before the confirmation has arrived, a connection ends with a reset instead.
            _ = await started.first { true }
            try await channel.close()
            #expect(await events.next() == .closed(1, .remote))
        }
    }

    @Test("nobody listens, or the local address isn't one: an error")
    func refused() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        await #expect(throws: (any Error).self) {
            try await run(port: 1, localAddress: nil, on: group.any()).get()
        }
        await #expect(throws: (any Error).self) {
            try await run(port: 1, localAddress: "not an address", on: group.any()).get()
        }
    }
}
