import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore
import TestSupport

extension ReceivedASDU {
    /// The value of its only point, if that is a short floating point number.
    var float: Float? {
        if case .shortFloat(let value)? = points.first?.information?.value { value } else { nil }
    }
}

/// Short timers, so that what is to fail fails soon.
let fastParameters: LinkParameters = {
    var parameters = LinkParameters()
    parameters.t0 = .seconds(2)
    parameters.t1 = .seconds(5)
    parameters.t2 = .milliseconds(100)
    return parameters
}()

/// Connects to a scripted station, starts data transfer if wanted, and closes in the end.
func withStartedConnection(
    to station: ScriptedStation, _ body: (ControllingConnection) async throws -> Void
) async throws {
    try await ControllingConnection.withConnection(
        host: "127.0.0.1", port: station.port, parameters: fastParameters
    ) { connection in
        try await connection.startDataTransfer()
        try await body(connection)
    }
}
