/// The keys of one connector.
package struct StoreKeys: Hashable, Sendable {
    /// The connector's id.
    package let id: String

    package init(id: String) {
        self.id = id
    }

    /// String, JSON: settings.
    package var configuration: String { "connectors:\(id):config" }
    /// String, JSON: the points.
    package var mapping: String { "connectors:\(id):mapping" }
    /// Hash: operational state.
    package var health: String { "connectors:\(id):health" }
}
