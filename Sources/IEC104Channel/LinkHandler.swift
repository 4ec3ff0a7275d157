import IEC104Link
import NIOCore

/// Runs a `Link` on a channel: cuts octets into APDUs, does what the link decides, and pulls what the user has to send.
///
/// All frames of one turn of the event loop leave in one write. While the socket doesn't take more, nothing is pulled
/// and nothing is read, so that a peer that doesn't read can't make this end collect answers for it.
package final class LinkHandler<User: LinkUser>: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// Octets collected before they are handed to the socket.
    private static var writeSize: Int { 32 * 1024 }
    /// Capacity of a buffer that is kept between two writes: room for a window of full frames at k = 12.
    private static var keptCapacity: Int { 4096 }

    /// The layer above.
    package let user: User
    private let parameters: LinkParameters
    private let role: LinkRole
    private let observer: (any LinkObserver)?

    private var link: Link?
    private var context: ChannelHandlerContext?
    private var processor = NIOSingleStepByteToMessageProcessor(APDUDecoder())
    private var output = ByteBuffer()
    private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?
    /// Why this end closed the connection; nil while it is open, or if the other end closed it.
    package private(set) var closeReason: LinkCloseReason?
    private var isInRead = false
    private var isPulling = false
    private var holdsRead = false
    private var testCompletions: [(Bool) -> Void] = []
    /// The time for the answer to a test that was asked for too early.
    private var testWhenEstablished: TimeAmount?
    private var counts = LinkStatistics()
    package var acknowledgesAutomatically: Bool {
        get { heldReceive == nil }
        set {
            guard newValue != acknowledgesAutomatically else { return }
            heldReceive = newValue ? nil : link?.lastAcknowledgement ?? SequenceNumber(0)
            if newValue { makeUpForAcknowledgements() }
        }
    }
    /// N(R) of I frames while acknowledgements are held back; nil while they aren't.
    private var heldReceive: SequenceNumber?

    /// A handler for one connection.
    package init(role: LinkRole, parameters: LinkParameters, user: User, observer: (any LinkObserver)? = nil) {
        self.role = role
        self.parameters = parameters
        self.user = user
        self.observer = observer
    }

    // MARK: Channel events

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { establish(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        establish(context)
        context.fireChannelActive()
    }

    private func establish(_ context: ChannelHandlerContext) {
        guard link == nil else { return }
        link = Link(role: role, parameters: parameters, now: context.eventLoop.now)
        output = context.channel.allocator.buffer(capacity: 512)
        user.linkEstablished(self)
        if let timeout = testWhenEstablished { test(timeout: timeout, completion: nil) }
        finishTurn(context)
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard closeReason == nil else { return }
        isInRead = true
        defer { isInRead = false }
        do {
            try processor.process(buffer: unwrapInboundIn(data)) { apdu in
                guard self.closeReason == nil else { return }
                self.received(apdu, context)
            }
        } catch let malformed as MalformedAPDU {
            close(.fault(.malformed(malformed)))
        } catch {
            close(.socket(error))
        }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        finishTurn(context)
        context.fireChannelReadComplete()
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            finishTurn(context)
            if holdsRead {
                holdsRead = false
                context.read()
            }
        }
        context.fireChannelWritabilityChanged()
    }

    package func read(context: ChannelHandlerContext) {
        if context.channel.isWritable { context.read() } else { holdsRead = true }
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(.socket(error))
    }

    package func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    private func end() {
        guard context != nil else { return }
        context = nil
        timer?.task.cancel()
        timer = nil
        completeTests(false)
        if link != nil { user.linkClosed(closeReason ?? .remote) }
    }

    // MARK: Frames

    private func received(_ apdu: APDU, _ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        counts.received += 1
        observer?.observed(apdu.octets, sent: false, at: now)
        guard let action = link?.received(apdu.apci, now: now) else { return }
        switch action {
        case .none: break
        case .deliver:
            counts.informationReceived += 1
            user.received(asdu: apdu.asdu)
            acknowledgeIfDue(context)
        case .confirm(let function): append(.unnumbered(function))
        case .confirmStart:
            append(.unnumbered(.startDataTransferConfirmation))
            user.dataTransferStarted()
        case .confirmStop(let acknowledgement):
            if let acknowledgement { append(.supervisory(receive: acknowledgement)) }
            append(.unnumbered(.stopDataTransferConfirmation))
            user.dataTransferStopped()
        case .stopping(let acknowledgement):
            if let acknowledgement { append(.supervisory(receive: acknowledgement)) }
        case .started: user.dataTransferStarted()
        case .stopped: user.dataTransferStopped()
        case .testConfirmed: completeTests(true)
        case .close(let fault): close(.fault(fault))
        }
    }

    /// An answer that is ready acknowledges by itself; only without one is an S frame needed.
    private func acknowledgeIfDue(_ context: ChannelHandlerContext) {
        guard acknowledgesAutomatically, let link, link.receivedUnacknowledged >= parameters.w else { return }
        if context.channel.isWritable { pull(context) }
        if let acknowledgement = self.link?.acknowledgementDue() { append(.supervisory(receive: acknowledgement)) }
    }

    private func holdingBack(_ frame: APCI) -> APCI {
        guard let heldReceive, case .information(let send, _) = frame else { return frame }
        return .information(send: send, receive: heldReceive)
    }

    /// Tells what wasn't told while acknowledgements were held back.
    private func makeUpForAcknowledgements() {
        guard link?.state == .started, let acknowledgement = link?.acknowledgementOfAll() else { return }
        append(.supervisory(receive: acknowledgement))
        wake()
    }

    private func append(_ frame: APCI) {
        let start = output.writerIndex
        output.writeMultipleIntegers(APCI.startOctet, UInt8(APCI.minimumLength))
        output.writeInteger(frame.controlField, endianness: .little)
        sent(from: start)
    }

    private func sent(from start: Int) {
        counts.sent += 1
        guard let observer, let context else { return }
        if let octets = output.getSlice(at: start, length: output.writerIndex - start) {
            observer.observed(octets, sent: true, at: context.eventLoop.now)
        }
    }

    /// Fills `output` with I frames while the window is open and the user has something.
    ///
    /// - Returns: true if only the size of a write has ended it.
    @discardableResult
    private func pull(_ context: ChannelHandlerContext) -> Bool {
        guard !isPulling else { return false }
        isPulling = true
        defer { isPulling = false }
        let now = context.eventLoop.now
        var window = link?.window ?? 0
        while window > 0, closeReason == nil {
            guard output.readableBytes < Self.writeSize else { return true }
            window -= 1
            let start = output.writerIndex
            output.writeRepeatingByte(0, count: APCI.encodedSize)
            // Taken out meanwhile, so that the user may call back into this handler: what that brings follows.
            // By exchange, so that no octets ever have two owners and are copied for it.
            var following = ByteBuffer()
            swap(&output, &following)
            let hasASDU = user.nextASDU(into: &following)
            swap(&output, &following)
            guard hasASDU, closeReason == nil, let frame = link?.sendInformation(now: now) else {
                output.moveWriterIndex(to: start)
                if following.readableBytes > 0 { output.writeImmutableBuffer(following) }
                return false
            }
            let length = output.writerIndex - start - 2
            output.setInteger(APCI.startOctet, at: start)
            output.setInteger(UInt8(truncatingIfNeeded: length), at: start + 1)
            output.setInteger(holdingBack(frame).controlField, at: start + 2, endianness: .little)
            counts.informationSent += 1
            sent(from: start)
            if following.readableBytes > 0 { output.writeImmutableBuffer(following) }
        }
        return false
    }

    /// Sends everything that the turn has brought, and sets the timer for what comes next.
    private func finishTurn(_ context: ChannelHandlerContext) {
        guard self.context != nil, closeReason == nil else { return }
        var isMore: Bool
        repeat {
            isMore = context.channel.isWritable && pull(context)
            flush(context)
        } while isMore && closeReason == nil
        scheduleTimer(context)
    }

    /// Hands the collected octets to the socket.
    private func flush(_ context: ChannelHandlerContext) {
        guard output.readableBytes > 0 else { return }
        let octets = output
        output = ByteBuffer()
        context.writeAndFlush(wrapOutboundOut(octets), promise: nil)
        recycle(octets)
    }

    /// Takes a buffer that was handed to the socket to collect the next octets in: it costs nothing if the socket has
    /// taken it all, which is nearly always. Large ones are given back.
    private func recycle(_ octets: consuming ByteBuffer) {
        guard output.readableBytes == 0, octets.capacity <= Self.keptCapacity else { return }
        octets.clear()
        output = octets
    }

    // MARK: Timers

    /// The timer is left alone while it runs out before it is needed: it then finds nothing to do and is set anew.
    private func scheduleTimer(_ context: ChannelHandlerContext) {
        guard let next = link?.nextDeadline else { return }
        if let timer {
            if timer.deadline <= next { return }
            timer.task.cancel()
        }
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: next) { [weak self] in
            guard let self else { return }
            self.timer = nil
            self.deadlineReached()
        }
        timer = (next, task)
    }

    private func deadlineReached() {
        guard let context else { return }
        var isDone = false
        while !isDone, closeReason == nil {
            switch link?.deadlineReached(context.eventLoop.now) ?? .none {
            case .none: isDone = true
            case .acknowledge(let acknowledgement):
                if acknowledgesAutomatically { append(.supervisory(receive: acknowledgement)) }
            case .test: append(.unnumbered(.testFrameActivation))
            case .close(let fault): close(.fault(fault))
            }
        }
        finishTurn(context)
    }

    private func completeTests(_ answered: Bool) {
        let completions = testCompletions
        testCompletions.removeAll()
        for completion in completions { completion(answered) }
    }
}

// MARK: - Control by the user

extension LinkHandler: LinkControl {
    package var eventLoop: (any EventLoop)? { context?.eventLoop }

    package var remoteAddress: SocketAddress? { context?.remoteAddress }

    package var statistics: LinkStatistics {
        var statistics = counts
        statistics.state = link?.state ?? .stopped
        statistics.unacknowledged = link?.sentUnacknowledged ?? 0
        return statistics
    }

    package func wake() {
        guard let context, !isInRead, !isPulling else { return }
        finishTurn(context)
    }

    package func close(_ reason: LinkCloseReason) {
        guard let context, closeReason == nil else { return }
        closeReason = reason
        flush(context)
        context.close(promise: nil)
    }

    package func startDataTransfer() {
        guard let context, link?.startDataTransfer(now: context.eventLoop.now) == true else { return }
        append(.unnumbered(.startDataTransferActivation))
        wake()
    }

    package func stopDataTransfer() {
        guard let context, case .stop(let acknowledgement)? = link?.stopDataTransfer(now: context.eventLoop.now)
        else { return }
        if let acknowledgement { append(.supervisory(receive: acknowledgement)) }
        append(.unnumbered(.stopDataTransferActivation))
        wake()
    }

    package func test(timeout: TimeAmount?, completion: ((Bool) -> Void)?) {
        guard let context, closeReason == nil else {
            completion?(false)
            return
        }
        if let completion { testCompletions.append(completion) }
        guard link != nil else {
            // A connection that has been accepted becomes active only after the one accepted with it was admitted.
            testWhenEstablished = timeout ?? parameters.t1
            return
        }
        if link?.test(timeout: timeout, now: context.eventLoop.now) == true {
            append(.unnumbered(.testFrameActivation))
        }
        wake()
    }

    package func sendRaw(_ octets: ByteBuffer) {
        guard context != nil, closeReason == nil else { return }
        let start = output.writerIndex
        output.writeImmutableBuffer(octets)
        sent(from: start)
        wake()
    }
}
