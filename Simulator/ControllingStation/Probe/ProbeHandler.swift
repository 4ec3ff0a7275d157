import IEC104Link
import NIOCore

/// The probe's end of a connection, on its event loop: cuts what comes into frames, counts, and acknowledges and answers
/// TESTFR act only as far as it is told to.
final class ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// What a probe waits for.
    enum Event: Sendable {
        case frame(ProbeFrame)
        case closed(at: NIODeadline)
    }

    /// Frames that may wait to be looked at; beyond that the connection isn't read any more.
    private static let limit = 50_000

    private let label: String
    private let log: FrameLog
    private var pending: [UInt8] = []
    private var inbox = CircularBuffer<Event>()
    private var waiter: EventLoopPromise<Event?>?
    private var timeout: Scheduled<Void>?

    /// V(S): the number of the next I frame.
    private(set) var sendState = 0
    /// V(R): the number of the next I frame expected.
    private(set) var receiveState = 0
    /// N(R) of the last frame that acknowledged something.
    private(set) var acknowledgedByStation = 0
    private var acknowledged = 0
    var acknowledges = true
    var answersTests = true
    private(set) var isClosed = false
    /// True once whoever waits was told of the end.
    private(set) var endIsKnown = false
    private(set) var closedHere = false

    init(label: String, log: FrameLog) {
        self.label = label
        self.log = log
    }

    // MARK: Receiving

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = NIODeadline.now()
        pending += unwrapInboundIn(data).readableBytesView
        while let frame = cut(at: now) { received(frame, context: context) }
        if acknowledges, receiveState != acknowledged { write(.acknowledgement(nil), context: context) }
        context.flush()
        if inbox.count > Self.limit { context.channel.setOption(.autoRead, value: false).whenFailure { _ in } }
    }

    /// The next frame; octets that don't begin one come as they are.
    private func cut(at now: NIODeadline) -> ProbeFrame? {
        guard let first = pending.first else { return nil }
        var length = pending.count
        if first == APCI.startOctet {
            guard pending.count >= 2, pending.count >= Int(pending[1]) + 2 else { return nil }
            length = Int(pending[1]) + 2
        }
        defer { pending.removeFirst(length) }
        return ProbeFrame(Array(pending.prefix(length)), at: now)
    }

    private func received(_ frame: ProbeFrame, context: ChannelHandlerContext) {
        log.append(label, .received(frame.octets), at: frame.time)
        if let number = frame.receiveNumber { acknowledgedByStation = number }
        if let number = frame.sendNumber { receiveState = (number + 1) & 0x7FFF }
        if answersTests, frame.isFunction(.testFrameActivation) {
            write(.function(.testFrameConfirmation), context: context)
        }
        deliver(.frame(frame))
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosed = true
        let now = NIODeadline.now()
        if !pending.isEmpty {
            log.append(label, .received(pending), at: now)
            deliver(.frame(ProbeFrame(pending, at: now)))
            pending = []
        }
        if !closedHere { log.append(label, .closedByStation, at: now) }
        deliver(.closed(at: now))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func deliver(_ event: Event) {
        guard let waiter else { return inbox.append(event) }
        self.waiter = nil
        timeout?.cancel()
        if case .closed = event { endIsKnown = true }
        waiter.succeed(event)
    }

    /// The next event; nil when time is up first. Only one may be waited for at a time.
    func next(until deadline: NIODeadline, promise: EventLoopPromise<Event?>, eventLoop: any EventLoop) {
        if let event = inbox.popFirst() {
            if case .closed = event { endIsKnown = true }
            return promise.succeed(event)
        }
        if isClosed || waiter != nil { return promise.succeed(nil) }
        waiter = promise
        timeout = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            guard let self, let waiter = self.waiter else { return }
            self.waiter = nil
            waiter.succeed(nil)
        }
    }

    // MARK: Sending

    /// Sends frames, in one segment if they fit. Returns when they went.
    func send(_ frames: [Outgoing], context: ChannelHandlerContext) -> NIODeadline {
        for frame in frames { write(frame, context: context) }
        context.flush()
        return .now()
    }

    private func write(_ frame: Outgoing, context: ChannelHandlerContext) {
        let octets: [UInt8]
        switch frame {
        case .function(let function): octets = FrameOctets.function(function)
        case .request(let request): octets = information(request.octets)
        case .asdu(let asdu): octets = information(asdu)
        case .numbered(let request, let send, let receive):
            octets = FrameOctets.information(send, receive, request.octets)
        case .acknowledgement(let number):
            acknowledged = number ?? receiveState
            octets = FrameOctets.supervisory(acknowledged)
        case .raw(let raw): octets = raw
        }
        log.append(label, .sent(octets))
        context.write(NIOAny(ByteBuffer(bytes: octets)), promise: nil)
    }

    private func information(_ asdu: [UInt8]) -> [UInt8] {
        // While acknowledgements are held, I frames hold them too.
        if acknowledges { acknowledged = receiveState }
        defer { sendState = (sendState + 1) & 0x7FFF }
        return FrameOctets.information(sendState, acknowledged, asdu)
    }

    /// From now on nothing is acknowledged. What was acknowledged before, but not looked at, is dropped.
    func holdAcknowledgements() {
        guard acknowledges else { return }
        acknowledges = false
        inbox.removeAll { event in
            if case .frame(let frame) = event { frame.isInformation } else { false }
        }
    }

    /// Notes that this end closes its direction.
    func closingSending() {
        guard !isClosed, !closedHere else { return }
        log.append(label, .sendingClosedByProbe)
    }

    /// Notes that this end closes.
    func closing(isReset: Bool) {
        guard !isClosed, !closedHere else { return }
        closedHere = true
        log.append(label, .closedByProbe(isReset: isReset))
    }
}
