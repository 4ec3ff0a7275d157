import ControllingStation
import IEC104Channel
import IEC104Model
import NIOCore
import StationMonitor

/// The connection of a shell, and what is done on it.
actor ShellSession {
    private let options: Shell.Options
    private let screen: ShellScreen
    private var connection: ControllingConnection?
    private let connections: AsyncStream<ControllingConnection>
    private let connected: AsyncStream<ControllingConnection>.Continuation

    init(_ options: Shell.Options, _ screen: ShellScreen) {
        self.options = options
        self.screen = screen
        (connections, connected) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// - Throws: `ConnectFault`; `CancellationError`.
    func connect() async throws {
        let frames = screen.frames
        let connection = try await ControllingConnection.connect(
            host: options.target.host, port: options.target.port, parameters: options.parameters
        ) { frames.append($0) }
        self.connection = connection
        connected.yield(connection)
    }

    /// Tells when a connection ends that should last, until the task is cancelled.
    func watch() async throws {
        for await connection in connections {
            let reason = try await connection.closed()
            if case .local = reason { continue }
            try await screen.tell("the connection has ended: \(reason)")
        }
    }

    func disconnect() async {
        await connection?.close()
        connection = nil
    }

    /// Carries a command out, and tells what came of it.
    ///
    /// - Throws: `ShellFault` if it has failed; what the screen throws; `CancellationError`.
    func perform(_ command: ShellCommand) async throws {
        do {
            if let result = try await result(of: command) { try await screen.tell(result) }
        } catch let fault as ConnectionFault {
            throw ShellFault(fault == .notStarted ? "\(fault): startdt starts it" : "\(fault)")
        } catch let fault as ConnectFault {
            throw ShellFault("\(fault)")
        } catch let failure as InterrogationFailure {
            throw ShellFault("\(failure)")
        }
    }

    private func result(of command: ShellCommand) async throws -> String? {
        switch command {
        case .help(let word): return try ShellVerb.help(word)
        case .wait(let time):
            try await Task.sleep(for: time)
            return nil
        case .show(let detail):
            await screen.setDetail(detail)
            return "ok: \(detail.rawValue)"
        case .status: return await status
        case .connect:
            guard await !isConnected else { throw ShellFault("connected already; disconnect ends the connection") }
            try await connect()
            return "ok: connected; data transfer is stopped"
        case .disconnect:
            _ = try await standing
            await disconnect()
            return "ok: disconnected"
        case .quit: return nil
        default: return try await answer(to: command, try await standing)
        }
    }

    private func answer(to command: ShellCommand, _ connection: ControllingConnection) async throws -> String {
        switch command {
        case .startDataTransfer:
            try await connection.startDataTransfer()
            return "ok: data transfer is started"
        case .stopDataTransfer:
            try await connection.stopDataTransfer()
            return "ok: data transfer is stopped"
        case .test: return "ok: confirmed in \(Self.milliseconds(try await connection.test()))"
        case .interrogate(let request, let address):
            return try await ShellRequests(connection, options.timeout).interrogate(request, address)
        case .read(let address): return try await ShellRequests(connection, options.timeout).read(address)
        case .clock(let address): return try await ShellRequests(connection, options.timeout).clock(address)
        case .command(let command, let type, let steps):
            return try await ShellRequests(connection, options.timeout).command(command, type, steps)
        case .raw(let octets):
            try await connection.sendRaw(ByteBuffer(bytes: octets))
            return "ok: \(octets.count) octets sent"
        case .asdu(let octets):
            try await connection.send(asduOctets: ByteBuffer(bytes: octets))
            return "ok: ASDU of \(octets.count) octets sent"
        default: return "ok"
        }
    }

    // MARK: State

    private var isConnected: Bool {
        get async {
            guard let connection else { return false }
            return await connection.closeReason == nil
        }
    }

    /// - Throws: `ShellFault` if there is no connection any more.
    private var standing: ControllingConnection {
        get async throws {
            guard let connection else { throw ShellFault("not connected: connect connects again") }
            if let reason = await connection.closeReason {
                throw ShellFault("the connection has ended: \(reason); connect connects again")
            }
            return connection
        }
    }

    private var status: String {
        get async {
            guard let connection else { return "not connected to \(options.target)" }
            let statistics = await connection.statistics
            let state = await connection.closeReason.map { "ended: \($0)" } ?? "data transfer \(statistics.state)"
            return "\(options.target): \(state); "
                + "sent \(statistics.sent) APDUs, \(statistics.informationSent) of them I frames, "
                + "\(statistics.unacknowledged) unacknowledged; "
                + "received \(statistics.received), \(statistics.informationReceived) of them I frames"
        }
    }

    static func milliseconds(_ time: TimeAmount) -> String {
        let microseconds = time.nanoseconds / 1000
        return "\(microseconds / 1000).\(microseconds % 1000 / 100) ms"
    }
}
