import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore

/// The controlling station's end of a link. Confined to the event loop of the connection.
final class ControllingLinkUser: LinkUser {
    /// ASDUs that wait for the window to open, at most.
    static let maximumWaiting = 10_000

    private struct Outgoing {
        let octets: ByteBuffer
        let promise: EventLoopPromise<Void>
    }

    private struct WeakSubscription {
        weak var subscription: ASDUSubscription?
    }

    private var link: (any LinkControl)?
    private var outgoing = CircularBuffer<Outgoing>()
    private var transferPromises: [EventLoopPromise<Void>] = []
    private var closePromises: [EventLoopPromise<LinkCloseReason>] = []
    private var exchanges: [ObjectIdentifier: any ExchangeParticipant] = [:]
    private var subscriptions: [WeakSubscription] = []
    private var isReading = true
    /// Called with false to stop reading from the socket, with true to go on.
    var setReading: ((Bool) -> Void)?
    /// Why the connection ended; nil while it lasts.
    private(set) var closeReason: LinkCloseReason?
    private var lastStatistics = LinkStatistics()

    var statistics: LinkStatistics { link?.statistics ?? lastStatistics }

    // MARK: What is asked for

    func startDataTransfer(_ promise: EventLoopPromise<Void>) {
        guard let link else { return promise.fail(closedFault) }
        guard link.statistics.state != .started else { return promise.succeed() }
        transferPromises.append(promise)
        link.startDataTransfer()
    }

    func stopDataTransfer(_ promise: EventLoopPromise<Void>) {
        guard let link else { return promise.fail(closedFault) }
        guard link.statistics.state != .stopped else { return promise.succeed() }
        failOutgoing(.notStarted)
        transferPromises.append(promise)
        link.stopDataTransfer()
    }

    func test(_ promise: EventLoopPromise<TimeAmount>, eventLoop: any EventLoop) {
        guard let link else { return promise.fail(closedFault) }
        let start = eventLoop.now
        link.test(timeout: nil) { answered in
            // Without an answer the connection is at its end, and the reason is known only a moment later.
            if answered { return promise.succeed(eventLoop.now - start) }
            eventLoop.assumeIsolated().execute { promise.fail(self.closedFault) }
        }
    }

    func send(_ octets: ByteBuffer, _ promise: EventLoopPromise<Void>) {
        guard let link else { return promise.fail(closedFault) }
        guard link.statistics.state == .started else { return promise.fail(ConnectionFault.notStarted) }
        guard octets.readableBytes <= ASDU.maximumSize else {
            return promise.fail(ConnectionFault.tooLong(octets: octets.readableBytes))
        }
        guard outgoing.count < Self.maximumWaiting else { return promise.fail(ConnectionFault.overloaded) }
        outgoing.append(Outgoing(octets: octets, promise: promise))
        link.wake()
    }

    func sendRaw(_ octets: ByteBuffer, _ promise: EventLoopPromise<Void>) {
        guard let link else { return promise.fail(closedFault) }
        link.sendRaw(octets)
        promise.succeed()
    }

    func acknowledge(_ isOn: Bool, _ promise: EventLoopPromise<Void>) {
        guard let link else { return promise.fail(closedFault) }
        link.acknowledgesAutomatically = isOn
        promise.succeed()
    }

    func close(_ reason: LinkCloseReason) {
        link?.close(reason)
    }

    func closed(_ promise: EventLoopPromise<LinkCloseReason>) {
        if let closeReason { return promise.succeed(closeReason) }
        closePromises.append(promise)
    }

    // MARK: Who listens

    func add(_ exchange: any ExchangeParticipant) {
        if let closeReason { return exchange.closed(closeReason) }
        exchanges[ObjectIdentifier(exchange)] = exchange
    }

    func remove(_ exchange: any ExchangeParticipant) {
        exchanges[ObjectIdentifier(exchange)] = nil
    }

    func add(_ subscription: ASDUSubscription) {
        guard closeReason == nil else { return subscription.end() }
        subscriptions.append(WeakSubscription(subscription: subscription))
    }

    /// A subscription has room again or is gone.
    func subscriptionsChanged() {
        subscriptions.removeAll { $0.subscription == nil }
        let mayRead = !subscriptions.contains { $0.subscription?.isPaused == true }
        guard mayRead != isReading, closeReason == nil else { return }
        isReading = mayRead
        setReading?(mayRead)
    }

    private var closedFault: ConnectionFault { .closed(closeReason ?? .local("not connected")) }

    private func failOutgoing(_ fault: ConnectionFault) {
        let failed = outgoing
        outgoing.removeAll()
        for entry in failed { entry.promise.fail(fault) }
    }

    // MARK: LinkUser

    func linkEstablished(_ link: any LinkControl) {
        self.link = link
    }

    func dataTransferStarted() {
        completeTransfer()
    }

    func dataTransferStopped() {
        completeTransfer()
    }

    private func completeTransfer() {
        let promises = transferPromises
        transferPromises.removeAll()
        for promise in promises { promise.succeed() }
    }

    func received(asdu octets: ByteBuffer) {
        guard let eventLoop = link?.eventLoop else { return }
        let asdu = ReceivedASDU(
            octets: octets, time: eventLoop.now, millisecondsSince1970: WallClock.milliseconds())
        for exchange in exchanges.values { exchange.received(asdu) }
        var mustStop = false
        for entry in subscriptions where entry.subscription?.append(asdu) == true { mustStop = true }
        if mustStop, isReading { subscriptionsChanged() }
    }

    func nextASDU(into buffer: inout ByteBuffer) -> Bool {
        guard let next = outgoing.popFirst() else { return false }
        buffer.writeImmutableBuffer(next.octets)
        next.promise.succeed()
        return true
    }

    func linkClosed(_ reason: LinkCloseReason) {
        closeReason = reason
        if let link { lastStatistics = link.statistics }
        link = nil
        setReading = nil
        failOutgoing(closedFault)
        let transfers = transferPromises
        transferPromises.removeAll()
        for promise in transfers { promise.fail(closedFault) }
        let participants = exchanges.values
        exchanges.removeAll()
        for exchange in participants { exchange.closed(reason) }
        for entry in subscriptions { entry.subscription?.end() }
        subscriptions.removeAll()
        let promises = closePromises
        closePromises.removeAll()
        for promise in promises { promise.succeed(reason) }
    }
}
