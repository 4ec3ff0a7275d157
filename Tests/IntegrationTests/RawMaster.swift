import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TestBench
import TestSupport

/// A connection on a real socket that does only what the test says: no acknowledgement, no TESTFR con by itself.
struct RawMaster: Sendable {
    private let channel: any Channel
    private let received: Received

    /// - Parameters:
    ///   - segmentSize: the largest TCP segment this end sends and wants; the system's choice if nil.
    ///   - reads: false never reads from the socket.
    static func connect(
        to host: String, port: Int = 2404, from localAddress: String? = nil, segmentSize: Int32? = nil,
        reads: Bool = true
    ) async throws -> RawMaster {
        let received = Received()
        var bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.autoRead, value: reads)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(received))
                }
            }
        if let segmentSize {
            bootstrap = bootstrap.channelOption(.tcpOption(.init(rawValue: TCP_MAXSEG)), value: Int(segmentSize))
        }
        if let localAddress {
            bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: localAddress, port: 0))
        }
        return RawMaster(channel: try await bootstrap.connect(host: host, port: port).get(), received: received)
    }

    /// Sends octets; they leave in one segment if they fit.
    func send(_ hex: String...) async throws {
        try await send(octets(hex.joined(separator: " ")))
    }

    func send(_ octets: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: octets))
    }

    /// The next APDU.
    ///
    /// - Throws: `BenchError` if none comes in time or the station closes.
    func next(within limit: Duration = .seconds(5)) async throws -> String {
        let apdu = try await eventually("an APDU comes", within: limit, every: .milliseconds(2)) { () -> String? in
            if let apdu = received.next() { return apdu }
            if received.isClosed { return "closed" }
            return nil
        }
        if apdu == "closed" { throw BenchError("the station has closed the connection") }
        return apdu
    }

    /// Everything received that is not read yet.
    var unread: [String] { received.all() }

    /// Sends STARTDT act and reads its confirmation, then end of initialization for so many common addresses.
    func start(initializing commonAddresses: Int = 2) async throws {
        try await send("68 04 07 00 00 00")
        guard try await next() == "68 04 0B 00 00 00" else { throw BenchError("no STARTDT con") }
        for _ in 0..<commonAddresses {
            guard try await next().contains(" 46 01 04 00 ") else { throw BenchError("no end of initialization") }
        }
    }

    /// Waits until the station has closed the connection.
    ///
    /// - Returns: the APDUs that came before, and how long it took.
    @discardableResult
    func closed(within limit: Duration = .seconds(5)) async throws -> (apdus: [String], time: Duration) {
        let start = ContinuousClock.now
        try await eventually("the station closes", within: limit, every: .milliseconds(5)) { received.isClosed }
        return (received.all(), ContinuousClock.now - start)
    }

    var isClosed: Bool { received.isClosed }

    /// Closes in order: FIN.
    func close() async {
        try? await channel.close()
    }

    /// Aborts: RST.
    func abort() async throws {
        guard let socket = channel as? any SocketOptionProvider else { throw BenchError("no socket") }
        try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await close()
    }
}

/// What has come, in APDUs.
private final class Received: Sendable {
    private struct State {
        var octets: [UInt8] = []
        var isClosed = false
    }

    private let state = NIOLockedValueBox(State())

    func append(_ buffer: ByteBuffer) { state.withLockedValue { $0.octets += buffer.readableBytesView } }
    func close() { state.withLockedValue { $0.isClosed = true } }
    var isClosed: Bool { state.withLockedValue { $0.isClosed } }

    func next() -> String? {
        state.withLockedValue { state in
            guard state.octets.count >= 2, state.octets.count >= Int(state.octets[1]) + 2 else { return nil }
            defer { state.octets.removeFirst(Int(state.octets[1]) + 2) }
            return hexadecimal(state.octets.prefix(Int(state.octets[1]) + 2))
        }
    }

    func all() -> [String] {
        var apdus: [String] = []
        while let apdu = next() { apdus.append(apdu) }
        return apdus
    }
}

private final class Reader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let received: Received

    init(_ received: Received) { self.received = received }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { received.append(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { received.close() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
