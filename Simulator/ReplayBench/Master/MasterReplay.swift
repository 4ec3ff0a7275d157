import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore
import Replay

/// Plays the controlling station of a capture against a live controlled station, and compares the answers.
///
/// Stateful: the link makes its own numbers and obeys the live window and timers. A request goes out when all answers
/// that were recorded before it have come, and not before its time by the pace.
package struct MasterReplay: Sendable {
    package struct Options: Sendable {
        /// The path of the capture; `-` is standard input.
        package var file: String
        /// The only port that counts; nil recognizes connections by port 2404 and by what they carry.
        package var port: UInt16?
        /// The number of the connection; nil takes the first with something to replay.
        package var stream: Int?
        package var pace = Pace.times(1)
        /// True to send what changes something.
        package var allowsCommands = false
        /// Common addresses of the recording, and those of the live station in their place.
        package var commonAddresses: [CommonAddress: CommonAddress] = [:]
        package var ignored: Set<IgnoreRule> = []
        package var parameters = LinkParameters()
        /// How long the live station may be silent while an answer is due.
        package var patience = Duration.seconds(10)

        package init(file: String) {
            self.file = file
        }
    }

    private let options: Options

    package init(_ options: Options) {
        self.options = options
    }

    /// Runs to the end of the recording.
    ///
    /// - Parameter onPacket: told how far it has come.
    /// - Throws: `CaptureFault` if the capture can't be opened; `ConnectFault`; `CancellationError`.
    package func run(
        host: String, port: Int, onPacket: (borrowing CaptureFeed, ReplayReport) -> Void
    ) async throws -> ReplayReport {
        var feed = try CaptureFeed(path: options.file, port: options.port)
        let connection = try await ControllingConnection.connect(
            host: host, port: port, parameters: options.parameters)
        // While a request waits for the window, answers wait here.
        let subscription = await connection.subscribe(highWatermark: 100_000)
        var session = ReplaySession(
            options, connection, subscription,
            ReplayReport(file: options.file, target: host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"))
        do {
            while !session.isOver, let item = feed.next() {
                guard case .traffic(let events) = item else { continue }
                for event in events where !session.isOver { try await session.take(event) }
                session.report.packets = feed.packets
                onPacket(feed, session.report)
            }
            try Task.checkCancellation()
            session.report.fault = feed.fault
            try await session.finish()
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
        return session.report
    }
}
