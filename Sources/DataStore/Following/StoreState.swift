/// How it stands with the connection to the store.
package enum StoreState: Hashable, Sendable {
    /// Connected; true if the server reports changes by itself, false if it has to be polled.
    case connected(location: String, isTracking: Bool)
    /// Not connected; the next attempt follows by itself.
    case lost(StoreError)
}

/// Entries that were removed from the input stream before they were read.
package struct StreamGap: Hashable, Sendable {
    package let stream: String
    /// The last entry read.
    package let after: StreamID
    /// The first entry that is left; nil if the stream is empty.
    package let first: StreamID?
    /// True if the stream was deleted and begun again, or belongs to another server.
    package let isRestarted: Bool
}
