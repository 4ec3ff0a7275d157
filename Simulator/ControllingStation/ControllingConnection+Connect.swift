import IEC104Channel
import IEC104Link
import NIOCore
import NIOPosix

extension ControllingConnection {
    /// Establishes a connection. Data transfer isn't started yet.
    ///
    /// - Parameters:
    ///   - host: a name or an address.
    ///   - parameters: k, w and the timers of this end; t0 limits how long this takes.
    ///   - localAddress: the address to connect from; the system's choice if nil.
    ///   - group: one of its event loops runs the connection.
    ///   - onFrame: told of every APDU of either direction, on the event loop: it must not block.
    /// - Throws: `ConnectFault`; `CancellationError`.
    package static func connect(
        host: String, port: Int = 2404, parameters: LinkParameters = LinkParameters(), localAddress: String? = nil,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        onFrame: (@Sendable (ObservedFrame) -> Void)? = nil
    ) async throws -> ControllingConnection {
        let eventLoop = group.next()
        let connecting = LinkConnector.connect(
            host: host, port: port, localAddress: localAddress, t0: parameters.t0, eventLoop: eventLoop
        ) {
            LinkHandler(
                role: .controlling, parameters: parameters, user: ControllingLinkUser(),
                observer: onFrame.map { FrameTap($0) })
        }.flatMapThrowing { channel in
            let user = try channel.pipeline.syncOperations.handler(type: LinkHandler<ControllingLinkUser>.self).user
            user.setReading = { mayRead in
                // Fails only when the channel is closed, and then there is nothing to read.
                try? channel.syncOptions?.setOption(.autoRead, value: mayRead)
            }
            return ControllingConnection(channel: channel, user: NIOLoopBound(user, eventLoop: eventLoop))
        }
        let promise = eventLoop.makePromise(of: ControllingConnection.self)
        connecting.cascade(to: promise)
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                promise.fail(CancellationError())
            }
        } catch is CancellationError {
            // Connecting can't be stopped; a connection that comes about nevertheless is closed again.
            connecting.whenSuccess { connection in connection.abandon() }
            throw CancellationError()
        } catch {
            throw ConnectFault(error, host: host, port: port, t0: parameters.t0)
        }
    }

    /// Establishes a connection for as long as `body` runs, and closes it in every case.
    ///
    /// - Throws: `ConnectFault`, and what `body` throws.
    package static func withConnection<Result: Sendable>(
        host: String, port: Int = 2404, parameters: LinkParameters = LinkParameters(), localAddress: String? = nil,
        onFrame: (@Sendable (ObservedFrame) -> Void)? = nil, _ body: (ControllingConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await connect(
            host: host, port: port, parameters: parameters, localAddress: localAddress, onFrame: onFrame)
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }
}
