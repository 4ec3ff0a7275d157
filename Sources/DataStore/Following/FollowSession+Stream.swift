import NIOCore

/// Where the input stream is read on.
extension FollowSession {
    /// The pause between two attempts to call the reader back from a stream that isn't wanted any more.
    private static let callBackPause = TimeAmount.milliseconds(20)
    /// Entries looked at in one go when it is found out how far two servers have the same ones.
    private static let rejoinBatch = 200

    /// Settles where reading begins: at the end of a stream that wasn't read before, else where it stood.
    func beginStream(_ name: String) async throws {
        guard follower.place.stream != name else { return }
        let reply = try await commands.send([StreamInfo.command(name)], limit: StreamInfo.limit).first ?? .null
        if case .error(let error) = reply, error.code == "WRONGTYPE" {
            // All that a stream of that name will ever hold is new. The reader reports the refusal.
            follower.place.begin(StreamPlace(name: name, info: StreamInfo(added: 0)))
        } else {
            follower.place.begin(StreamPlace(name: name, info: try StreamInfo(reply)))
        }
    }

    /// Goes back to the last entry that this server and the one before have in common.
    ///
    /// A replica that takes over lacks what hadn't reached it, and may have been given other entries meanwhile, with
    /// ids that lie before the last one read. Those were never delivered.
    func rejoinStream() async throws {
        guard let known = follower.place.known else { return }
        var (end, isAnyUnknown) = (known.last, false)
        while true {
            let range: RedisCommand = [
                "XREVRANGE", known.stream, end.description, known.first.description, "COUNT", String(Self.rejoinBatch),
            ]
            let reply = try await commands.send([range], limit: StreamInfo.limit).first ?? .null
            // A key of another type is reported by the reader.
            let ids = (reply.elements ?? []).compactMap { $0.elements?.first?.string.flatMap { StreamID($0) } }
            if let common = ids.first(where: { known.ids.contains($0) }) {
                follower.place.update(known.stream) { $0.rejoin(at: common) }
                return
            }
            isAnyUnknown = isAnyUnknown || !ids.isEmpty
            guard ids.count == Self.rejoinBatch, let next = ids.last?.predecessor, next >= known.first else { break }
            end = next
        }
        if isAnyUnknown { follower.place.update(known.stream) { $0.rejoin(at: known.first) } }
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
