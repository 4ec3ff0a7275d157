import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Follows the store for as long as it runs: connects, reads documents and image, then stays with every change.
///
/// Three connections, all to the same server: one for commands, one that waits in `XREAD`, one that the server reports
/// changed keys to. If one of them fails, or that server isn't the one to follow any more, all are given up and made
/// anew, with growing pauses. What the input stream has delivered is remembered over that, so that reading goes on
/// where it stood.
package final class StoreFollower: Sendable {
    let configuration: StoreConfiguration
    let keys: StoreKeys
    let eventLoop: any EventLoop
    /// Where the input stream is read, and its entries are handed on.
    let streamLoop: any EventLoop
    let delegate: any StoreFollowerDelegate
    private let logger: Logger
    let gate = SerialGate()
    /// Where the input stream is read on.
    let place = InputPlace()
    /// What has been delivered of the image, over all connections.
    let delivered = NIOLockedValueBox(DeliveredImage())
    private let commands = NIOLockedValueBox<RedisConnection?>(nil)

    /// - Parameters:
    ///   - eventLoop: where documents and image are read.
    ///   - streamLoop: where the input stream is read, and `entries` is called unless another call is under way; best
    ///     the loop on which they are used. Nil takes `eventLoop`.
    package init(
        configuration: StoreConfiguration, keys: StoreKeys, eventLoop: any EventLoop,
        streamLoop: (any EventLoop)? = nil, delegate: any StoreFollowerDelegate, logger: Logger
    ) {
        self.configuration = configuration
        self.keys = keys
        self.eventLoop = eventLoop
        self.streamLoop = streamLoop ?? eventLoop
        self.delegate = delegate
        self.logger = logger
    }

    /// The connection for commands, while there is one.
    package var connection: RedisConnection? { commands.withLockedValue { $0 } }

    /// Runs until the task is cancelled.
    package func run() async {
        var backoff = Backoff(maximum: configuration.maximumBackoff)
        while !Task.isCancelled {
            let started = NIODeadline.now()
            let error = await follow()
            commands.withLockedValue { $0 = nil }
            guard !Task.isCancelled else { return }
            await gate.run { await delegate.storeChanged(.lost(error)) }
            // Only a connection that held for a while is a reason to begin with short pauses again.
            if NIODeadline.now() - started > configuration.maximumBackoff { backoff.reset() }
            let pause = backoff.pause()
            logger.debug(
                "the store is tried again after a pause",
                metadata: ["milliseconds": "\(pause.nanoseconds / 1_000_000)", "reason": "\(error)"])
            try? await Task.sleep(nanoseconds: UInt64(pause.nanoseconds))
        }
    }

    /// One connection's life; returns why it ended.
    private func follow() async -> StoreError {
        let mailbox = ChangeMailbox()
        var opened: [RedisConnection] = []
        defer { for connection in opened { connection.abandon() } }
        do {
            let commands = try await RedisConnection.connect(configuration, on: eventLoop)
            opened.append(commands)
            let identity = try await commands.identity()
            let reader = try await commands.another(configuration, on: streamLoop)
            opened.append(reader)
            let reports = try await commands.another(configuration, on: eventLoop) { [keys] message in
                mailbox.note { ChangeReport(message, keys: keys).apply(to: &$0) }
            }
            opened.append(reports)
            // What is named may stand for several servers, or for another one by now: a load balancer, a relay.
            for connection in [reader, reports] where try await !connection.identity().mayBe(identity) {
                throw StoreError.connection("\(commands.endpoint) leads to different servers")
            }
            let session = FollowSession(
                follower: self, identity: identity, commands: commands, reader: reader, reports: reports,
                mailbox: mailbox)
            let isTracking = try await session.track()
            self.commands.withLockedValue { $0 = commands }
            await gate.run {
                await delegate.storeChanged(
                    .connected(location: configuration.location(of: commands.endpoint), isTracking: isTracking))
            }
            try await session.run(isTracking: isTracking)
            return .unavailable
        } catch let error as StoreError {
            return error
        } catch {
            return .connection(String(describing: error))
        }
    }
}
