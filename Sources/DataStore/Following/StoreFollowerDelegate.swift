import NIOCore

/// Takes what the follower reads. Calls come one at a time; the next waits until the one before has returned, and that
/// is what keeps a fast store from overrunning the program.
package protocol StoreFollowerDelegate: Sendable {
    /// The connection has come or gone.
    func storeChanged(_ state: StoreState) async
    /// All that was stored has been thrown away at once: nobody can have meant single keys of it.
    func storeFlushed() async
    /// Configuration and mapping as they are stored now, nil for keys that don't exist, empty for those that can't be
    /// read.
    ///
    /// - Returns: what to follow; nil if nothing can be followed until the documents change.
    func documentsChanged(configuration: ByteBuffer?, mapping: ByteBuffer?) async -> FollowPlan?
    /// A document can't be read: the key is of another type than string, or it is too long. Comes before the
    /// `documentsChanged` in which it is empty.
    func documentUnreadable(_ key: String, reason: String) async
    /// Image keys as they are stored now. Entries that were in the stream when they were read have been delivered.
    func image(_ reads: [ImageRead]) async
    /// Every followed key has been delivered since the connection came, or since the plan changed.
    func snapshotCompleted() async
    /// Entries of the input stream, in order, each once. One with a `fault` can't be used.
    ///
    /// - Parameter areDocumentsCertain: false if other documents may have been stored before these entries, so that those
    ///   from the first one on which is about a point that isn't mapped have to wait.
    /// - Returns: how many were taken: all of them if the documents are certain. The others come again, when the documents
    ///   are or when other ones are in force.
    func entries(_ entries: [StreamEntry], of stream: String, areDocumentsCertain: Bool) async -> Int
    /// Entries are missing.
    func gap(_ gap: StreamGap) async
    /// The key of the input stream holds something else. It is looked at again every second; comes once until it can
    /// be read.
    func inputStreamRefused(_ stream: String, _ error: RedisError) async
    /// The input stream can be read again.
    func inputStreamAccepted(_ stream: String) async
}
