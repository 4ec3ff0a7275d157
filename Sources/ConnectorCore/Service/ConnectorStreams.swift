import NIOConcurrencyHelpers

/// The streams that the connector writes, by the configuration in force.
final class ConnectorStreams: Sendable {
    private let names: NIOLockedValueBox<ConnectorConfiguration.Streams>

    /// The defaults, until a configuration says otherwise.
    init(id: String) {
        names = NIOLockedValueBox(ConnectorConfiguration(id: id).streams)
    }

    /// The names in force.
    func use(_ streams: ConnectorConfiguration.Streams) {
        names.withLockedValue { $0 = streams }
    }

    var output: String { names.withLockedValue { $0.output } }

    var error: String {
        names.withLockedValue { $0.error }
    }
}
