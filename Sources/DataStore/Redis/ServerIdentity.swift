/// What a server tells about itself (`INFO`). A server that refuses to tell is taken as it is.
struct ServerIdentity: Hashable, Sendable {
    /// Made up by the server each time it starts.
    let runID: String?
    /// False for a replica.
    let isPrimary: Bool?

    init(runID: String?, isPrimary: Bool?) {
        self.runID = runID
        self.isPrimary = isPrimary
    }

    /// - Parameter replies: those for the sections `server` and `replication`.
    init(_ replies: [RESPValue]) {
        let lines = replies.compactMap(\.string).flatMap { $0.split(whereSeparator: \.isNewline) }
        func value(_ name: String) -> Substring? {
            lines.first { $0.hasPrefix(name + ":") }?.dropFirst(name.count + 1)
        }
        runID = value("run_id").map(String.init)
        isPrimary = value("role").map { $0 == "master" }
    }

    /// False only if both have said who they are.
    func mayBe(_ other: ServerIdentity) -> Bool {
        guard let runID, let otherID = other.runID else { return true }
        return runID == otherID
    }
}

extension RedisConnection {
    /// Who is at the other end.
    func identity() async throws -> ServerIdentity {
        ServerIdentity(try await send([["INFO", "server"], ["INFO", "replication"]]))
    }
}
