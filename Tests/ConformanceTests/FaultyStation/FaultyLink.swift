import IEC104Link
import NIOCore

/// One connection of the station, written without the product's link: small, strict, and wrong where it is told to be.
final class FaultyLink: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// An ASDU that waits for the window.
    private struct Waiting {
        let asdu: [UInt8]
        /// Part of an interrogation answer: dropped when data transfer stops.
        let isAnswer: Bool
    }

    private enum State {
        case stopped, started, stopping
    }

    private let defect: Defect?
    private let station: FaultyStation
    private let number: Int
    private var state = State.stopped
    private var octets: [UInt8] = []
    private var waiting: [Waiting] = []
    private var sendState = 0
    private var receiveState = 0
    private var acknowledgedByPeer = 0
    private var unacknowledged = 0
    private var sentTimes: [NIODeadline] = []
    private let opened = NIODeadline.now()
    private var lastReceived = NIODeadline.now()
    private var firstUnacknowledged: NIODeadline?
    private var testSent: NIODeadline?
    private var clock: RepeatedTask?
    private var context: ChannelHandlerContext?

    init(_ station: FaultyStation, number: Int) {
        self.station = station
        self.number = number
        defect = station.defect
    }

    // MARK: The channel

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        if defect == .tellsInitializationAtConnect { for asdu in station.takeInitialization() { send(asdu) } }
        station.opened(number, NIOLoopBound(self, eventLoop: context.eventLoop))
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        clock = context.eventLoop.scheduleRepeatedTask(initialDelay: .milliseconds(10), delay: .milliseconds(10)) { _ in
            bound.value.supervise()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        clock?.cancel()
        self.context = nil
        if defect == .continuesInterrogation { station.leave(waiting.filter(\.isAnswer).map(\.asdu)) }
        station.closed(number)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        octets += unwrapInboundIn(data).readableBytesView
        while let first = octets.first, self.context != nil {
            guard first == 0x68 || defect == .takesAnyStartOctet else { return close() }
            guard octets.count >= 2 else { return }
            let length = Int(octets[1])
            guard (4...253).contains(length) else { return close() }
            guard octets.count >= length + 2 else { return }
            let frame = Array(octets.prefix(length + 2))
            octets.removeFirst(length + 2)
            received(frame)
        }
    }

    func close() {
        octets = []
        context?.close(promise: nil)
    }

    private func write(_ octets: [UInt8], flushes: Bool = true) {
        context?.write(NIOAny(ByteBuffer(bytes: octets)), promise: nil)
        if flushes { context?.flush() }
    }

    // MARK: Frames

    private func received(_ frame: [UInt8]) {
        lastReceived = .now()
        let receive = (Int(frame[4]) | Int(frame[5]) << 8) >> 1
        switch frame[2] & 3 {
        case 0, 2:
            guard frame.count > 6, frame[4] & 1 == 0 else { return close() }
            information((Int(frame[2]) | Int(frame[3]) << 8) >> 1, receive, Array(frame[6...]))
        case 1:
            guard frame.count == 6, frame[2] == 1, frame[3] == 0, frame[4] & 1 == 0 else { return close() }
            guard state != .stopped, acknowledge(receive) else { return close() }
            if state == .stopping, sentTimes.isEmpty { stop() }
        default:
            guard frame.count == 6, frame[3...5].allSatisfy({ $0 == 0 }), let function = UFunction(rawValue: frame[2])
            else { return close() }
            received(function)
        }
        pump()
    }

    private func received(_ function: UFunction) {
        switch function {
        case .startDataTransferActivation:
            state = .started
            confirm(.startDataTransferConfirmation)
            waiting = station.takeInitialization().map { Waiting(asdu: $0, isAnswer: false) } + waiting
            waiting += station.takeLeftOver().map { Waiting(asdu: $0, isAnswer: true) }
        case .stopDataTransferActivation:
            waiting.removeAll(where: \.isAnswer)
            guard state == .started else { return confirm(.stopDataTransferConfirmation) }
            if !sentTimes.isEmpty, defect != .confirmsStopWhilePending { state = .stopping } else { stop() }
        case .testFrameActivation:
            if defect != .doesNotConfirmTests { confirm(.testFrameConfirmation) }
        case .testFrameConfirmation: testSent = nil
        case .startDataTransferConfirmation: if defect == .obeysConfirmations { state = .started }
        case .stopDataTransferConfirmation: if defect == .obeysConfirmations { state = .stopped }
        }
    }

    private func stop() {
        acknowledgeReceived()
        state = .stopped
        // In one segment with what mustn't follow.
        confirm(.stopDataTransferConfirmation, flushes: defect != .sendsAfterStop)
        if defect == .sendsAfterStop { send(station.spontaneous) }
    }

    private func confirm(_ function: UFunction, flushes: Bool = true) {
        write([0x68, 4, function.rawValue, 0, 0, 0], flushes: flushes)
    }

    private func information(_ send: Int, _ receive: Int, _ asdu: [UInt8]) {
        guard state == .started || defect == .takesDataWhenStopped, acknowledge(receive) else { return close() }
        let isNext = send == receiveState
        guard isNext || (defect == .acceptsGaps && (send - receiveState) & 0x7FFF < 100) else { return close() }
        receiveState = (send + 1) & 0x7FFF
        unacknowledged += 1
        firstUnacknowledged = firstUnacknowledged ?? .now()
        station.received(asdu, from: number)
        pump()
        if unacknowledged >= station.link.w || station.manner == .acknowledgesAtOnce { acknowledgeReceived() }
    }

    /// Takes N(R); false if it acknowledges what was never sent, or goes back.
    private func acknowledge(_ receive: Int) -> Bool {
        let count = (receive - acknowledgedByPeer) & 0x7FFF
        guard count <= sentTimes.count else { return defect == .takesAnyAcknowledgement }
        sentTimes.removeFirst(count)
        acknowledgedByPeer = receive
        return true
    }

    private func acknowledgeReceived() {
        guard unacknowledged > 0, defect != .doesNotAcknowledge else { return }
        write([0x68, 4, 1, 0, UInt8(receiveState << 1 & 0xFF), UInt8(receiveState >> 7)])
        (unacknowledged, firstUnacknowledged) = (0, nil)
    }

    // MARK: Sending

    /// Sends an ASDU as soon as the window allows.
    func enqueue(_ asdu: [UInt8], isAnswer: Bool) {
        waiting.append(Waiting(asdu: asdu, isAnswer: isAnswer))
        pump()
    }

    private func pump() {
        while state == .started, sentTimes.count < station.link.k || defect == .ignoresK, !waiting.isEmpty {
            send(waiting.removeFirst().asdu)
        }
    }

    private func send(_ asdu: [UInt8]) {
        let receive = defect == .doesNotPiggyback ? receiveState - unacknowledged : receiveState
        let numbers = [
            UInt8(sendState << 1 & 0xFF), UInt8(sendState >> 7), UInt8(receive << 1 & 0xFF), UInt8(receive >> 7 & 0xFF),
        ]
        write([0x68, UInt8(asdu.count + 4)] + numbers + asdu)
        sendState = (sendState + 1) & 0x7FFF
        sentTimes.append(.now())
        if defect != .doesNotPiggyback { (unacknowledged, firstUnacknowledged) = (0, nil) }
    }

    // MARK: Timers

    private func supervise() {
        let now = NIODeadline.now()
        let link = station.link
        if defect == .endsSessionsEarly, now - opened >= .milliseconds(2500) { return close() }
        if let oldest = sentTimes.first, now - oldest >= .seconds(Int64(link.t1)) { return close() }
        if let sent = testSent, now - sent >= .seconds(Int64(link.t1)) { return close() }
        if let first = firstUnacknowledged, now - first >= .seconds(Int64(link.t2)) { acknowledgeReceived() }
        if testSent == nil, now - lastReceived >= .seconds(Int64(link.t3)), defect != .hasNoT3 {
            testSent = now
            confirm(.testFrameActivation)
        }
    }
}
