import ControllingStation
import IEC104Link
import NIOCore
import StationMonitor

/// A connection of a scenario and what has come on it.
struct ScenarioConnection: Sendable {
    let link: ControllingConnection
    let inbox: FrameInbox

    /// - Throws: `ConnectFault`; `CancellationError`.
    static func make(
        _ target: HostAndPort, from localAddress: String?, _ parameters: LinkParameters
    ) async throws -> ScenarioConnection {
        let inbox = FrameInbox()
        let link = try await ControllingConnection.connect(
            host: target.host, port: target.port, parameters: parameters, localAddress: localAddress
        ) { frame in
            if let frame = ReceivedFrame(frame) { inbox.append(frame) }
        }
        return ScenarioConnection(link: link, inbox: inbox)
    }

    /// Tells the inbox of the end of the connection, and returns then.
    func watch() async {
        guard let reason = try? await link.closed() else { return }
        inbox.close(reason)
    }
}
