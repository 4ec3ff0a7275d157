import NIOCore

/// Takes what the follower reads. Calls come one at a time; the next waits until the one before has returned, and that
/// is what keeps a fast store from overrunning the program.
package protocol StoreFollowerDelegate: Sendable {
    /// The connection has come or gone.
    func storeChanged(_ state: StoreState) async
    /// Configuration and mapping as they are stored now, nil for keys that don't exist.
    ///
    /// - Returns: what to follow; nil if nothing can be followed until the documents change.
    func documentsChanged(configuration: ByteBuffer?, mapping: ByteBuffer?) async -> FollowPlan?
    /// Image keys as they are stored now. Entries that were in the stream when they were read have been delivered.
    func image(_ reads: [ImageRead]) async
    /// Every followed key has been delivered since the connection came, or since the plan changed.
    func snapshotCompleted() async
    /// Entries of the input stream, in order, each once.
    func entries(_ entries: [StreamEntry]) async
    /// Entries are missing.
    func gap(_ gap: StreamGap) async
}
