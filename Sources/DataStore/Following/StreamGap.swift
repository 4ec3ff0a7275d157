/// Entries that were removed from the input stream before they were read.
package struct StreamGap: Hashable, Sendable {
    package let stream: String
    /// The last entry read.
    package let after: StreamID
    /// The first entry that is left; nil if the stream is empty.
    package let first: StreamID?
    /// True if the stream was deleted and begun again, or belongs to another server.
    package let isRestarted: Bool
    /// How many entries are missing; nil if that can't be known: the stream was begun again, or the server is older
    /// than Redis 7 and keeps no count.
    package let missing: Int?

    package init(stream: String, after: StreamID, first: StreamID?, isRestarted: Bool, missing: Int? = nil) {
        self.stream = stream
        self.after = after
        self.first = first
        self.isRestarted = isRestarted
        self.missing = missing
    }
}
