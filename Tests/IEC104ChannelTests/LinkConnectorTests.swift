import IEC104Channel
import IEC104Link
import NIOCore
import NIOPosix
import Testing

@Suite("Link connector", .timeLimit(.minutes(5)))
struct LinkConnectorTests {
    /// Runs a controlling station on a connection and tells what its user was told, until it was told so much.
    private func run(
        port: Int, localAddress: String?, on eventLoop: any EventLoop
    ) -> EventLoopFuture<any Channel> {
        LinkConnector.connect(
            host: "127.77.4.1", port: port, localAddress: localAddress, t0: .seconds(5), eventLoop: eventLoop
        ) {
            let user = ScriptedUser()
            user.onEstablished = { $0.startDataTransfer() }
            return LinkHandler(role: .controlling, parameters: LinkParameters(), user: user)
        }
    }

    @Test("both ends in one: connect from a given address, start, and close")
    func connect() async throws {
        try await ListenerBench.run(host: "127.77.4.1") { bench, events in
            let port = try #require(bench.address.port)
            let channel = try await run(port: port, localAddress: "127.77.4.2", on: bench.eventLoop).get()
            #expect(channel.localAddress?.ipAddress == "127.77.4.2")
            #expect(await events.next() == .accepted(1))
            #expect(try await bench.onLoop { $0.listener?.connections.first?.host } == "127.77.4.2")
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
