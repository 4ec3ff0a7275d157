/// Looks whether the server that is followed is still the one to follow. One that was demoted, or left behind by a failover
/// that it doesn't know of, may keep its connections open for ever.
struct ServerWatch {
    let session: FollowSession

    private var configuration: StoreConfiguration { session.follower.configuration }

    /// - Throws: `StoreError.connection` if another server has to be looked for.
    func check() async throws {
        let isPrimary = try await session.commands.identity().isPrimary
        if session.identity.isPrimary == true, isPrimary == false {
            throw StoreError.connection("\(session.commands.endpoint) is no primary any more")
        }
        if configuration.socketPath == nil, !configuration.sentinels.isEmpty {
            let sentinels = Sentinels(configuration, on: session.follower.eventLoop)
            if await sentinels.haveLeft(session.commands.endpoint) {
                throw StoreError.connection("the sentinels name another primary than \(session.commands.endpoint)")
            }
        } else if isPrimary == false, try await isPrimaryThereNow() {
            throw StoreError.connection("\(session.commands.endpoint) leads to another server, a primary, by now")
        }
    }

    /// Whether a new connection would lead to a primary; false also if none can be made.
    private func isPrimaryThereNow() async throws -> Bool {
        guard let probe = try? await RedisConnection.connect(configuration, on: session.follower.eventLoop) else {
            return false
        }
        let found = try? await probe.identity()
        await probe.close()
        guard let found else { return false }
        return found.isPrimary == true && !found.mayBe(session.identity)
    }
}
