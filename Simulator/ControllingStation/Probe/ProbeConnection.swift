import IEC104Link
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A connection that misbehaves on purpose: it does what it is told and no more, can hold acknowledgements, send wrong
/// numbers and raw octets, stall, and fall silent. It has no timers of its own. `ControllingConnection` is the one that
/// keeps the rules.
package final class ProbeConnection: Sendable {
    /// How it connects.
    package struct Options: Sendable {
        /// The address to connect from; the system's choice if nil.
        package var localAddress: String?
        /// The largest TCP segment; the system's choice if nil.
        package var segmentSize: Int?
        /// False never reads from the socket.
        package var reads = true

        package init(localAddress: String? = nil, segmentSize: Int? = nil, reads: Bool = true) {
            self.localAddress = localAddress
            self.segmentSize = segmentSize
            self.reads = reads
        }
    }

    /// "A", "B", ... in the log.
    package let label: String
    /// How long its expectations wait.
    package let pace: ProbePace
    private let channel: any Channel
    private let handler: NIOLoopBound<ProbeHandler>

    private init(label: String, pace: ProbePace, channel: any Channel, handler: NIOLoopBound<ProbeHandler>) {
        self.label = label
        self.pace = pace
        self.channel = channel
        self.handler = handler
    }

    /// Establishes a connection within ten seconds.
    package static func connect(
        host: String, port: Int, label: String, log: FrameLog, pace: ProbePace, options: Options
    ) async throws -> ProbeConnection {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        // Made before the channel: a station that closes at once takes the channel's handlers with it.
        let handler = try await eventLoop.submit {
            NIOLoopBound(ProbeHandler(label: label, log: log), eventLoop: eventLoop)
        }.get()
        var bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(.seconds(10))
            .channelOption(.autoRead, value: options.reads)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
        if let size = options.segmentSize {
            bootstrap = bootstrap.channelOption(.tcpOption(.init(rawValue: TCP_MAXSEG)), value: size)
        }
        if let address = options.localAddress {
            bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: address, port: 0))
        }
        let channel = try await bootstrap.connect(host: host, port: port).get()
        log.append(label, .connected(local: channel.localAddress, remote: channel.remoteAddress))
        return ProbeConnection(label: label, pace: pace, channel: channel, handler: handler)
    }

    private func onLoop<Value: Sendable>(
        _ body: @escaping @Sendable (ProbeHandler) throws -> Value
    ) async throws -> Value {
        let handler = handler
        return try await channel.eventLoop.submit { try body(handler.value) }.get()
    }

    // MARK: Sending

    /// Sends frames, in one segment if they fit.
    ///
    /// - Returns: when they went. Frames for a connection that has ended are dropped; waiting then tells that it ended.
    @discardableResult
    package func send(_ frames: Outgoing...) async throws -> NIODeadline { try await send(frames) }

    @discardableResult
    package func send(_ frames: [Outgoing]) async throws -> NIODeadline {
        let channel = channel
        return try await onLoop { handler in
            guard let context = try? channel.pipeline.syncOperations.context(handler: handler) else { return .now() }
            return handler.send(frames, context: context)
        }
    }

    /// Sends I frames that count.
    @discardableResult
    package func send(_ requests: RawRequest...) async throws -> NIODeadline {
        try await send(requests.map { .request($0) })
    }

    /// Sends a U frame.
    @discardableResult
    package func send(_ function: UFunction) async throws -> NIODeadline { try await send(.function(function)) }

    /// Sends an S frame; V(R) if no number is given.
    @discardableResult
    package func acknowledge(_ number: Int? = nil) async throws -> NIODeadline {
        try await send(.acknowledgement(number))
    }

    // MARK: Behaviour

    /// From now on nothing that comes is acknowledged, neither by S nor by I frames, until `acknowledgeAll`. I frames that
    /// came and were acknowledged before are passed over: each that is received from now on is unacknowledged.
    package func holdAcknowledgements() async throws { try await onLoop { $0.holdAcknowledgements() } }

    /// Acknowledges what has come, and from now on what comes.
    package func acknowledgeAll() async throws {
        try await onLoop { $0.acknowledges = true }
        try await acknowledge()
    }

    /// From now on TESTFR act isn't answered.
    package func holdTestConfirmations() async throws { try await onLoop { $0.answersTests = false } }

    /// Stops or starts reading from the socket, if the connection lasts.
    package func setReading(_ reads: Bool) async {
        try? await channel.setOption(.autoRead, value: reads).get()
    }

    // MARK: State

    /// V(S): I frames sent that counted, modulo 32 768.
    package var sendState: Int { get async throws { try await onLoop { $0.sendState } } }
    /// V(R): the number after the last I frame received.
    package var receiveState: Int { get async throws { try await onLoop { $0.receiveState } } }
    /// The last N(R) that the station has sent.
    package var acknowledgedByStation: Int { get async throws { try await onLoop { $0.acknowledgedByStation } } }
    /// True once it has ended.
    package var isClosed: Bool { get async { (try? await onLoop { $0.isClosed }) ?? true } }

    /// True if the station has ended it though nothing was left unacknowledged on purpose, and nobody who waited was told.
    package var hasEndedUnasked: Bool {
        get async {
            (try? await onLoop { $0.isClosed && !$0.closedHere && !$0.endIsKnown && $0.acknowledges }) ?? false
        }
    }
    /// True while acknowledgements are held, so that the station may have to close after t1.
    package var holdsAcknowledgements: Bool { get async { (try? await onLoop { !$0.acknowledges }) ?? false } }

    // MARK: Receiving

    /// What `next` gives.
    package enum Event: Sendable {
        case frame(ProbeFrame)
        case closed(at: NIODeadline)
        case nothing
    }

    /// The next frame, the end of the connection, or nothing until `deadline`.
    package func next(until deadline: NIODeadline) async throws -> Event {
        try Task.checkCancellation()
        let promise = channel.eventLoop.makePromise(of: ProbeHandler.Event?.self)
        let (handler, eventLoop) = (handler, channel.eventLoop)
        eventLoop.execute { handler.value.next(until: deadline, promise: promise, eventLoop: eventLoop) }
        switch try await promise.futureResult.get() {
        case .frame(let frame): return .frame(frame)
        case .closed(let time): return .closed(at: time)
        case nil: return await isClosed ? .closed(at: .now()) : .nothing
        }
    }

    // MARK: Ending

    /// Closes this end's direction: FIN. What the station does about it still comes.
    package func closeSending() async throws {
        try await onLoop { $0.closingSending() }
        // Fails only where the station was faster.
        try? await channel.close(mode: .output)
    }

    /// Closes in order: FIN.
    package func close() async {
        try? await onLoop { $0.closing(isReset: false) }
        try? await channel.close()
    }

    /// Aborts: RST.
    package func abort() async {
        try? await onLoop { $0.closing(isReset: true) }
        if let socket = channel as? any SocketOptionProvider {
            // Fails only where the station was faster.
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await channel.close()
    }
}
