import NIOConcurrencyHelpers

/// The streams that the connector writes, by the configuration in force.
final class ConnectorStreams: Sendable {
    private let names: NIOLockedValueBox<ConnectorConfiguration.Streams>

    /// The defaults, until a configuration says otherwise.
    init(id: String) {
        names = NIOLockedValueBox(ConnectorConfiguration(id: id).streams)
    }

    var error: String {
        get { names.withLockedValue { $0.error } }
        set { names.withLockedValue { $0.error = newValue } }
    }
}
