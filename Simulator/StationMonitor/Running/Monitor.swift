import ControllingStation
import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore

/// Watches a controlled station: STARTDT, interrogation, then everything that comes.
package struct Monitor: Sendable {
    /// What is watched, and how.
    package struct Options: Sendable {
        /// A name or an address.
        package var host: String
        package var port: Int
        /// k, w and timers of this end.
        package var parameters = LinkParameters()
        /// The common addresses to interrogate, one after the other; none for no interrogation.
        package var commonAddresses: [CommonAddress] = [.broadcast]
        /// 0 if that isn't used.
        package var originatorAddress: UInt8 = 0
        /// How long an interrogation may take.
        package var interrogationTimeout = TimeAmount.seconds(60)
        /// When to end by itself; nil never.
        package var duration: Duration?
        /// True for JSON lines, false for a table on the terminal.
        package var writesLines: Bool

        package init(host: String, port: Int, writesLines: Bool) {
            self.host = host
            self.port = port
            self.writesLines = writesLines
        }
    }

    /// How it ended.
    package enum Ending: Sendable {
        /// By a signal.
        case interrupted
        /// The time was over.
        case elapsed
        /// Nobody reads the output any more.
        case outputClosed
        /// The connection was lost.
        case lost(LinkCloseReason)
    }

    private let options: Options
    private let view: MonitorView

    package init(_ options: Options) {
        self.options = options
        view = MonitorView(target: HostAndPort(host: options.host, port: options.port), isTable: !options.writesLines)
    }

    /// Runs until something ends it.
    ///
    /// - Throws: `ConnectFault`.
    package func run() async throws -> Ending {
        let ending = try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                await Interruption.wait()
                return .interrupted
            }
            group.addTask {
                await StandardOutput.closed()
                return .outputClosed
            }
            if let duration = options.duration {
                group.addTask {
                    try await Task.sleep(for: duration)
                    return .elapsed
                }
            }
            group.addTask { try await watch() }
            defer { group.cancelAll() }
            return try await group.next() ?? .interrupted
        }
        if let summary = await view.summary { try? await StandardOutput.put(summary + "\n") }
        return ending
    }

    private func watch() async throws -> Ending {
        let (host, port) = (options.host, options.port)
        let connection = try await ControllingConnection.connect(
            host: host, port: port, parameters: options.parameters)
        do {
            let ending = try await watch(connection)
            await connection.close()
            return ending
        } catch is StandardOutput.Closed {
            await connection.close()
            return .outputClosed
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Ends with the connection, or when the task is cancelled.
    private func watch(_ connection: ControllingConnection) async throws -> Ending {
        let subscription = await connection.subscribe()
        return try await withThrowingTaskGroup(of: Ending?.self) { group in
            group.addTask {
                for await asdu in subscription { try await view.take(asdu) }
                guard let reason = await connection.closeReason else { return .interrupted }
                return .lost(reason)
            }
            group.addTask {
                try await view.draw()
                return nil
            }
            group.addTask {
                await interrogate(connection)
                return nil
            }
            defer { group.cancelAll() }
            for try await ending in group {
                if let ending { return ending }
            }
            return .interrupted
        }
    }

    /// A station that refuses is watched all the same.
    private func interrogate(_ connection: ControllingConnection) async {
        do {
            await view.setState("connected, waiting for STARTDT con")
            try await connection.startDataTransfer()
            await view.setState("data transfer started")
            for address in options.commonAddresses {
                await view.interrogationBegins(address)
                do {
                    let answer = try await connection.interrogate(
                        commonAddress: address, originatorAddress: options.originatorAddress,
                        timeout: options.interrogationTimeout)
                    await view.interrogationEnded(answer)
                } catch let failure as InterrogationFailure {
                    if case .closed = failure.reason { return }
                    await view.interrogationFailed(failure)
                }
            }
        } catch {
            // The connection's end, or the program's: both are told elsewhere.
        }
    }
}
