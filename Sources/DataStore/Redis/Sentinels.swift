import NIOCore

/// The sentinels, who know which server is the primary at the moment. They are asked one after the other; one that is
/// down, or that knows nothing, is passed over.
struct Sentinels {
    private let configuration: StoreConfiguration
    private let eventLoop: any EventLoop

    init(_ configuration: StoreConfiguration, on eventLoop: any EventLoop) {
        self.configuration = configuration
        self.eventLoop = eventLoop
    }

    /// The name that they know the primary by.
    private var name: String { configuration.primaryName ?? "mymaster" }

    /// Connects to the first server named that is a primary indeed: a sentinel that was away may still name one that has
    /// been demoted.
    ///
    /// - Throws: `StoreError` that tells what came of asking each sentinel.
    func connectToPrimary(onMessage: (@Sendable (RESPValue) -> Void)?) async throws -> RedisConnection {
        var faults: [String] = []
        var tried: Set<StoreConfiguration.Endpoint> = []
        for sentinel in configuration.sentinels {
            do {
                guard let primary = try await ask(sentinel) else {
                    faults.append("\(sentinel) doesn't know \(name)")
                    continue
                }
                guard tried.insert(primary).inserted else { continue }
                return try await connect(to: primary, onMessage: onMessage)
            } catch {
                faults.append("\(sentinel): \(error)")
            }
        }
        throw StoreError.connection("no sentinel leads to a primary: \(faults.joined(separator: "; "))")
    }

    /// True if they name other servers only. Those that can't be asked don't count.
    func haveLeft(_ endpoint: ServerEndpoint) async -> Bool {
        var isAnotherNamed = false
        for sentinel in configuration.sentinels {
            guard let primary = try? await ask(sentinel) else { continue }
            if .network(primary) == endpoint { return false }
            isAnotherNamed = true
        }
        return isAnotherNamed
    }

    private func connect(
        to primary: StoreConfiguration.Endpoint, onMessage: (@Sendable (RESPValue) -> Void)?
    ) async throws -> RedisConnection {
        let connection = try await RedisConnection.connect(
            to: .network(primary), configuration, on: eventLoop, onMessage: onMessage)
        do {
            guard try await connection.identity().isPrimary != false else {
                throw StoreError.connection("\(primary) is no primary at the moment")
            }
            return connection
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Where the primary is; nil if the sentinel doesn't know the name.
    private func ask(_ sentinel: StoreConfiguration.Endpoint) async throws -> StoreConfiguration.Endpoint? {
        let connection = try await connect(toSentinel: sentinel)
        let reply: RESPValue
        do {
            reply = try await connection.send(["SENTINEL", "get-master-addr-by-name", name])
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
        guard let elements = reply.elements, elements.count == 2, let host = elements[0].string,
            let port = elements[1].string.flatMap({ Int($0) })
        else { return nil }
        return StoreConfiguration.Endpoint(host: host, port: port)
    }

    /// Sentinels usually let everybody in. One that wants a password gets that of the store.
    private func connect(toSentinel sentinel: StoreConfiguration.Endpoint) async throws -> RedisConnection {
        var access = StoreConfiguration()
        access.connectTimeout = configuration.connectTimeout
        access.stallTimeout = configuration.stallTimeout
        access.tls = configuration.tls
        do {
            return try await RedisConnection.connect(to: .network(sentinel), access, on: eventLoop)
        } catch StoreError.refused(let error) where error.code == "NOAUTH" && configuration.password != nil {
            (access.user, access.password) = (configuration.user, configuration.password)
            return try await RedisConnection.connect(to: .network(sentinel), access, on: eventLoop)
        }
    }
}
