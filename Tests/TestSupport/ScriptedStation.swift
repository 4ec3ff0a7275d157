import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore
import NIOPosix

/// A controlled station that does what a test tells it, on 127.0.0.1.
package final class ScriptedStation: Sendable {
    /// Called with each ASDU received, on the event loop.
    package typealias Script = @Sendable (ASDU, ScriptedUser) -> Void

    package let port: Int
    private let eventLoop: any EventLoop
    private let listener: NIOLoopBound<StationListener<ScriptedUser>>

    private init(port: Int, eventLoop: any EventLoop, listener: NIOLoopBound<StationListener<ScriptedUser>>) {
        self.port = port
        self.eventLoop = eventLoop
        self.listener = listener
    }

    /// Runs a station for as long as `body` does.
    package static func with(
        parameters: LinkParameters = LinkParameters(), script: @escaping Script = { _, _ in },
        _ body: (ScriptedStation) async throws -> Void
    ) async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let station = try await eventLoop.flatSubmit {
            let listener = StationListener<ScriptedUser>(
                eventLoop: eventLoop, maximumConnections: 10, parameters: parameters,
                makeUser: { _ in ScriptedUser(script) }, onEvent: { _ in })
            let bound = NIOLoopBound(listener, eventLoop: eventLoop)
            return listener.bind(host: "127.0.0.1", port: 0).map {
                ScriptedStation(
                    port: bound.value.localAddress?.port ?? 0, eventLoop: eventLoop, listener: bound)
            }
        }.get()
        do {
            try await body(station)
        } catch {
            try await station.stop()
            throw error
        }
        try await station.stop()
    }

    private func stop() async throws {
        try await eventLoop.flatSubmit { [listener] in
            listener.value.closeConnections(.local("stopped"))
            return listener.value.stopAccepting()
        }.get()
    }

    /// Does something with the connections' users, on the event loop.
    package func withUsers<Result: Sendable>(_ body: @escaping @Sendable ([ScriptedUser]) -> Result) async throws
        -> Result
    {
        try await eventLoop.submit { [listener] in body(listener.value.connections.map(\.handler.user)) }.get()
    }

    /// Sends ASDUs on every connection.
    package func send(_ asdus: [ASDU]) async throws {
        try await withUsers { users in
            for user in users { user.send(asdus) }
        }
    }

    package var statistics: LinkStatistics {
        get async throws {
            try await withUsers { $0.first?.link?.statistics ?? LinkStatistics() }
        }
    }
}

/// What a `ScriptedStation` has for a connection.
package final class ScriptedUser: LinkUser {
    private let script: ScriptedStation.Script
    package private(set) weak var link: (any LinkControl)?
    private var outgoing = CircularBuffer<ByteBuffer>()

    package init(_ script: @escaping ScriptedStation.Script) {
        self.script = script
    }

    package func send(_ asdus: [ASDU]) {
        for asdu in asdus {
            var buffer = ByteBuffer()
            asdu.encode(into: &buffer)
            outgoing.append(buffer)
        }
        link?.wake()
    }

    package func send(octets: [UInt8]) {
        outgoing.append(ByteBuffer(bytes: octets))
        link?.wake()
    }

    package func close() {
        link?.close(.local("told to"))
    }

    package func linkEstablished(_ link: any LinkControl) { self.link = link }
    package func dataTransferStarted() {}
    package func dataTransferStopped() {}
    package func linkClosed(_: LinkCloseReason) {}

    package func received(asdu: ByteBuffer) {
        var buffer = asdu
        if let asdu = try? ASDU(decoding: &buffer) { script(asdu, self) }
    }

    package func nextASDU(into buffer: inout ByteBuffer) -> Bool {
        guard let next = outgoing.popFirst() else { return false }
        buffer.writeImmutableBuffer(next)
        return true
    }
}
