/// Entries of the input stream that are gone.
package struct StreamGap: Hashable, Sendable {
    /// Why they are gone.
    package enum Cause: Hashable, Sendable {
        /// They were trimmed or deleted before they were read.
        case removed
        /// The stream was deleted and begun again, or belongs to another server.
        case restarted
        /// The server has lost its newest entries. Those that had been read are what is known of them.
        case setBack
    }

    package let stream: String
    /// The entry that all was read up to; more may have been read behind it, before and after those that are missing. After
    /// `setBack`, the last entry read.
    package let after: StreamID
    /// The first entry that is left; nil if the stream is empty.
    package let first: StreamID?
    package let cause: Cause
    /// How many entries are missing; nil if that can't be known: the stream was begun again, or the server is older
    /// than Redis 7 and keeps no count.
    package let missing: Int?

    package init(stream: String, after: StreamID, first: StreamID?, cause: Cause, missing: Int? = nil) {
        self.stream = stream
        self.after = after
        self.first = first
        self.cause = cause
        self.missing = missing
    }
}
