/// How it stands with the connection to the store.
package enum StoreState: Hashable, Sendable {
    /// Connected; true if the server reports changes by itself, false if it has to be polled.
    case connected(location: String, isTracking: Bool)
    /// Not connected; the next attempt follows by itself.
    case lost(StoreError)
}
