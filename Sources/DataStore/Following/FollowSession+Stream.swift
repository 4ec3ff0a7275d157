import NIOCore

/// Where the input stream is read on.
extension FollowSession {
    /// The pause between two attempts to call the reader back from a stream that isn't wanted any more.
    private static let callBackPause = TimeAmount.milliseconds(20)

    /// Begins at the end of a stream.
    private func beginStream(_ name: String) async throws {
        let reply = try await commands.send([StreamInfo.command(name)], limit: StreamInfo.limit).first ?? .null
        if case .error(let error) = reply, error.code == "WRONGTYPE" {
            // All that a stream of that name will ever hold is new. The reader reports the refusal.
            follower.place.begin(StreamPlace(name: name, info: StreamInfo(added: 0)))
        } else {
            follower.place.begin(StreamPlace(name: name, info: try StreamInfo(reply)))
        }
    }

    /// Goes back to the last entry that this server and the one before have in common.
    func rejoinStream() async throws {
        guard let gap = try await StreamRejoin(place: follower.place, connection: commands, isReading: false).run()
        else { return }
        follower.delivered.withLockedValue { $0.forget() }
        await follower.gate.run { await delegate.gap(gap) }
    }

    /// Follows another stream from its end on, and calls the reader back if it waits for the stream that was.
    func switchStream(_ name: String) async throws {
        try await beginStream(name)
        while follower.place.isReadingAnother, let id = follower.place.readerID {
            let reply = try await commands.send([["CLIENT", "UNBLOCK", String(id)]]).first
            // Where that isn't allowed, the reader comes back by itself when its wait ends.
            if case .error = reply { return }
            try await Task.sleep(nanoseconds: UInt64(Self.callBackPause.nanoseconds))
        }
    }
}
