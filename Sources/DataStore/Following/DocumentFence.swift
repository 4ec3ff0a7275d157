/// Finds out whether documents were stored before an entry that has been read.
///
/// The server tells of them over one connection and hands out entries over another, so that the entry may be here first. A
/// question over the connection that it tells on is answered behind all that was to be told by then.
struct DocumentFence {
    let follower: StoreFollower
    let reports: RedisConnection
    let mailbox: ChangeMailbox

    /// Returns when it is known. If there are none, entries that wait for them are let go.
    func run() async throws {
        _ = try await reports.send([["PING"]])
        guard !mailbox.areDocumentsAwaited else { return }
        await follower.gate.run { await follower.delegate.documentsStand() }
    }
}
