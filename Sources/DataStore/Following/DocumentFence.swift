import NIOCore

/// Finds out whether documents were stored before entries that have been read.
///
/// The server tells of them over one connection and hands out entries over another, so that an entry may be here first. A
/// question over the connection that it tells on is answered behind all that was to be told by then.
struct DocumentFence {
    /// The pause before a server is asked again that is busy with a script.
    private static let busyPause = TimeAmount.milliseconds(50)

    let reports: RedisConnection
    let mailbox: ChangeMailbox
    let place: InputPlace

    /// Returns true if there are none; else false, once those that were there have been handed on.
    func pass(_ stream: String) async throws -> Bool {
        try await askWhatIsTold()
        guard mailbox.areDocumentsAwaited else { return true }
        await place.waitForDocuments(of: stream) { mailbox.areDocumentsAwaited }
        try Task.checkCancellation()
        return false
    }

    /// While a script runs for long, the server hands out entries and refuses to answer, but tells nothing: it does that
    /// at the end of the turn in which the script has ended, in which it may answer already.
    private func askWhatIsTold() async throws {
        var wasBusy = false
        while true {
            let reply = try await reports.send([["PING"]]).first
            if case .error(let error) = reply, error.code == "BUSY" {
                wasBusy = true
                try await Task.sleep(nanoseconds: UInt64(Self.busyPause.nanoseconds))
            } else if wasBusy {
                wasBusy = false
            } else {
                return
            }
        }
    }
}
