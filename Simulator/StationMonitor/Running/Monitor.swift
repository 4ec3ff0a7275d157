import ControllingStation
import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore
import Presentation

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
        /// True to interrogate counters too: they are no part of a general interrogation.
        package var interrogatesCounters = false
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
        /// The time was over, and STARTDT act not confirmed.
        case notStarted
        /// The connection was lost; whether data transfer had been started.
        case lost(LinkCloseReason, isStarted: Bool)
    }

    private let options: Options
    private let view: MonitorView

    package init(_ options: Options) {
        self.options = options
        view = MonitorView(target: HostAndPort(host: options.host, port: options.port), isTable: !options.writesLines)
    }

    /// Runs until something ends it.
    ///
    /// - Throws: `ConnectFault`; `StandardOutput.Failed`.
    package func run() async throws -> Ending {
        let ending = try await firstResult(
            of: {
                await Interruption.wait()
                return Ending.interrupted
            },
            {
                await StandardOutput.closed()
                return .outputClosed
            },
            {
                guard let duration = options.duration else { return nil }
                try await Task.sleep(for: duration)
                return .elapsed
            },
            { try await watch() })
        if let summary = await view.summary { try? await StandardOutput.put(summary + "\n") }
        if case .elapsed = ending, await !view.isStarted { return .notStarted }
        return ending ?? .interrupted
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
        let ending: Ending? = try await firstResult(
            of: {
                for await asdu in subscription { try await view.take(asdu) }
                guard let reason = await connection.closeReason else { return nil }
                return .lost(reason, isStarted: await view.isStarted)
            },
            {
                try await view.draw()
                return nil
            },
            {
                await interrogate(connection)
                return nil
            })
        return ending ?? .interrupted
    }

    /// A station that refuses is watched all the same.
    private func interrogate(_ connection: ControllingConnection) async {
        do {
            await view.setState("connected, waiting for STARTDT con")
            try await connection.startDataTransfer()
            await view.dataTransferStarted()
            for address in options.commonAddresses {
                try await show("interrogation", address) {
                    try await connection.interrogate(
                        commonAddress: address, originatorAddress: options.originatorAddress,
                        timeout: options.interrogationTimeout)
                }
                guard options.interrogatesCounters else { continue }
                try await show("counter interrogation", address) {
                    try await connection.interrogateCounters(
                        commonAddress: address, originatorAddress: options.originatorAddress,
                        timeout: options.interrogationTimeout)
                }
            }
        } catch {
            // The connection's end, or the program's: both are told elsewhere.
        }
    }

    private func show(
        _ what: String, _ address: CommonAddress, _ interrogate: () async throws -> InterrogationAnswer
    ) async throws {
        await view.interrogationBegins(what, address)
        do {
            await view.interrogationEnded(what, try await interrogate())
        } catch let failure as InterrogationFailure {
            if case .closed = failure.reason { throw failure }
            await view.interrogationFailed(failure)
        }
    }
}
