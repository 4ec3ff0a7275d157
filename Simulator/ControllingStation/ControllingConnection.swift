import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore
import NIOPosix

/// One connection of a controlling station to a controlled station.
///
/// Usable from any task. What is received goes to every subscription and to every request under way; without either,
/// it is acknowledged and forgotten. Nothing is sent unasked but what the link itself needs: acknowledgements, TESTFR.
package final class ControllingConnection: Sendable {
    /// ASDUs that may wait in a subscription unless it is made with another limit.
    package static let defaultHighWatermark = 1024

    private let channel: any Channel
    private let user: NIOLoopBound<ControllingLinkUser>

    init(channel: any Channel, user: NIOLoopBound<ControllingLinkUser>) {
        self.channel = channel
        self.user = user
    }

    /// The other end, `address:port`.
    package var remoteAddress: String {
        let address = channel.remoteAddress
        let host = address?.ipAddress ?? "unknown"
        return "\(host.contains(":") ? "[\(host)]" : host):\(address?.port ?? 0)"
    }

    // MARK: Data transfer

    /// Sends STARTDT act and waits for its confirmation; returns at once if data transfer is started.
    ///
    /// - Throws: `ConnectionFault.closed`, after t1 at the latest; `CancellationError`.
    package func startDataTransfer() async throws {
        try await perform { user, promise in user.startDataTransfer(promise) }
    }

    /// Sends STOPDT act and waits for its confirmation; returns at once if data transfer is stopped. ASDUs that wait
    /// to be sent fail with `ConnectionFault.notStarted`.
    ///
    /// - Throws: `ConnectionFault.closed`, after t1 at the latest; `CancellationError`.
    package func stopDataTransfer() async throws {
        try await perform { user, promise in user.stopDataTransfer(promise) }
    }

    /// Sends TESTFR act and waits for its confirmation.
    ///
    /// - Returns: how long the answer took.
    /// - Throws: `ConnectionFault.closed`, after t1 at the latest; `CancellationError`.
    @discardableResult
    package func test() async throws -> TimeAmount {
        let eventLoop = channel.eventLoop
        return try await perform { user, promise in user.test(promise, eventLoop: eventLoop) }
    }

    // MARK: Sending

    /// Sends an ASDU as soon as the window allows, and returns when it has gone to the socket.
    ///
    /// - Throws: `ConnectionFault`; `CancellationError`, and then it may go out or not.
    package func send(_ asdu: ASDU) async throws {
        var octets = ByteBuffer()
        asdu.encode(into: &octets)
        try await send(asduOctets: octets)
    }

    /// Sends an I frame with any octets for an ASDU, at most 249. To see how the other end takes malformed ones.
    ///
    /// - Throws: as `send`.
    package func send(asduOctets octets: ByteBuffer) async throws {
        try await perform { user, promise in user.send(octets, promise) }
    }

    /// Sends octets as they are, behind the back of the link: no number is counted, no timer started.
    ///
    /// - Throws: `ConnectionFault.closed`.
    package func sendRaw(_ octets: ByteBuffer) async throws {
        try await perform { user, promise in user.sendRaw(octets, promise) }
    }

    /// Whether what is received is acknowledged; it is until this says otherwise. While it isn't, N(R) of I frames stands
    /// still as well. Turned on again, it acknowledges at once all that has come.
    ///
    /// - Throws: `ConnectionFault.closed`; `CancellationError`.
    package func acknowledge(_ isOn: Bool) async throws {
        try await perform { user, promise in user.acknowledge(isOn, promise) }
    }

    // MARK: Receiving

    /// Everything received from now on; see `ASDUSubscription`. To miss nothing, subscribe before STARTDT.
    ///
    /// - Parameter highWatermark: ASDUs that may wait before reading stops; it goes on when a quarter is left.
    package func subscribe(highWatermark: Int = defaultHighWatermark) async -> ASDUSubscription {
        let (eventLoop, user) = (channel.eventLoop, user)
        let subscription = ASDUSubscription(highWatermark: highWatermark, lowWatermark: highWatermark / 4) {
            eventLoop.execute { user.value.subscriptionsChanged() }
        }
        // The event loop outlives its connections, so that this can't fail.
        try? await eventLoop.submit { user.value.add(subscription) }.get()
        return subscription
    }

    // MARK: State and end

    /// State and counts of the link; those at its end once the connection has ended.
    package var statistics: LinkStatistics {
        get async {
            let user = user
            return (try? await channel.eventLoop.submit { user.value.statistics }.get()) ?? LinkStatistics()
        }
    }

    /// Why the connection ended; nil while it lasts.
    package var closeReason: LinkCloseReason? {
        get async {
            let user = user
            return try? await channel.eventLoop.submit { user.value.closeReason }.get()
        }
    }

    /// Waits for the end of the connection and tells why it ended.
    ///
    /// - Throws: `CancellationError`.
    package func closed() async throws -> LinkCloseReason {
        try await perform { user, promise in user.closed(promise) }
    }

    /// Ends the connection. No STOPDT is sent; requests under way fail.
    package func close() async {
        abandon()
        try? await channel.closeFuture.get()
    }

    /// Ends the connection without waiting for its end.
    func abandon() {
        let user = user
        channel.eventLoop.execute { user.value.close(.local("closed by this end")) }
    }

    // MARK: Crossing to the event loop

    /// Runs `body` on the event loop and waits for the promise. A cancelled task stops waiting at once.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (ControllingLinkUser, EventLoopPromise<Value>) -> Void
    ) async throws -> Value {
        let promise = channel.eventLoop.makePromise(of: Value.self)
        let user = user
        return try await withTaskCancellationHandler {
            channel.eventLoop.execute { body(user.value, promise) }
            return try await promise.futureResult.get()
        } onCancel: {
            // The later of two results of a promise is ignored.
            promise.fail(CancellationError())
        }
    }

    /// Takes part in what is received until the record is complete, time is up or the connection ends.
    ///
    /// - Parameter request: the ASDU to send once the record listens.
    func exchange<Record: ExchangeRecord>(
        _ record: Record, request: ASDU, timeout: TimeAmount
    ) async throws -> Exchange<Record>.Outcome {
        let eventLoop = channel.eventLoop
        var octets = ByteBuffer()
        request.encode(into: &octets)
        let encoded = octets
        return try await perform { user, promise in
            let exchange = Exchange(record, timeout: timeout, eventLoop: eventLoop, promise: promise)
            promise.futureResult.assumeIsolated().whenComplete { _ in
                exchange.stop()
                user.remove(exchange)
            }
            user.add(exchange)
            let sent = eventLoop.makePromise(of: Void.self)
            // A closed connection is told by `closed`, with what had come until then.
            sent.futureResult.assumeIsolated().whenFailure { error in
                if case ConnectionFault.closed = error { return }
                promise.fail(error)
            }
            user.send(encoded, sent)
        }
    }
}
