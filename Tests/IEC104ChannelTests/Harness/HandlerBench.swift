import IEC104Channel
import IEC104Link
import NIOCore
import NIOEmbedded
import TestSupport

/// A `LinkHandler` on a channel in memory and in virtual time.
final class HandlerBench {
    let channel: EmbeddedChannel
    let user = ScriptedUser()
    let handler: LinkHandler<ScriptedUser>
    let observer = Observer()
    private let socket = ReadCounter()
    private let defect = FramingDefect.current

    /// - Parameter parameters: by default those that the catalogue of cases gives for test runs.
    init(
        _ role: LinkRole = .controlled, _ parameters: LinkParameters = LinkParameters(t1: 3, t2: 1, t3: 4, k: 4, w: 2)
    ) throws {
        channel = EmbeddedChannel(loop: EmbeddedEventLoop())
        handler = LinkHandler(role: role, parameters: parameters, user: user, observer: observer)
        try channel.pipeline.syncOperations.addHandlers([socket, handler])
    }

    /// A bench whose connection is established.
    static func connected(
        _ role: LinkRole = .controlled, _ parameters: LinkParameters = LinkParameters(t1: 3, t2: 1, t3: 4, k: 4, w: 2)
    ) throws -> HandlerBench {
        let bench = try HandlerBench(role, parameters)
        try bench.connect()
        return bench
    }

    /// A controlled station whose data transfer is started.
    static func started(
        _ parameters: LinkParameters = LinkParameters(t1: 3, t2: 1, t3: 4, k: 4, w: 2)
    ) throws -> HandlerBench {
        let bench = try connected(.controlled, parameters)
        try bench.receive(APDUs.startAct)
        _ = try bench.sent()
        bench.user.pulls = 0
        return bench
    }

    func connect() throws {
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 2404), promise: nil)
    }

    /// These octets come in one read.
    func receive(_ hex: String) throws {
        var octets = octets(hex)
        if let defect { octets = defect.altered(octets) }
        try channel.writeInbound(ByteBuffer(bytes: octets))
    }

    /// What was written since the last call, one text for each write.
    func sent() throws -> [String] {
        var writes: [String] = []
        while let write = try channel.readOutbound(as: ByteBuffer.self) { writes.append(write.hexadecimalText) }
        return writes
    }

    func advance(by time: TimeAmount) {
        channel.embeddedEventLoop.advanceTime(by: time)
    }

    /// The socket takes more, or doesn't.
    var isWritable: Bool {
        get { channel.isWritable }
        set {
            channel.isWritable = newValue
            channel.pipeline.fireChannelWritabilityChanged()
        }
    }

    /// The event loop wants to read from the socket.
    func wantsRead() { channel.pipeline.read() }

    /// How often the socket was read.
    var reads: Int { socket.reads }

    /// Why this end or the other closed the connection; nil while it is open.
    var closeReason: LinkCloseReason? { user.closeReason }

    /// The fault that closed the connection.
    var fault: LinkFault? {
        if case .fault(let fault)? = closeReason { fault } else { nil }
    }
}

/// Counts the reads that get through to the socket.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    private(set) var reads = 0

    func read(context: ChannelHandlerContext) {
        reads += 1
        context.read()
    }
}

/// Writes down what a link shows of its traffic.
final class Observer: LinkObserver {
    private(set) var sent: [String] = []
    private(set) var received: [String] = []

    func observed(_ octets: ByteBuffer, sent isSent: Bool, at time: NIODeadline) {
        if isSent { sent.append(octets.hexadecimalText) } else { received.append(octets.hexadecimalText) }
    }
}
