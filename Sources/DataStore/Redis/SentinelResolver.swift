import NIOCore

/// Asks the sentinels, one after the other, where the primary is.
struct SentinelResolver {
    let configuration: StoreConfiguration
    let eventLoop: any EventLoop

    /// - Throws: `StoreError` that names what each sentinel said, if none knows.
    func primary() async throws -> StoreConfiguration.Endpoint {
        let name = configuration.primaryName ?? "mymaster"
        var faults: [String] = []
        for sentinel in configuration.sentinels {
            do {
                if let endpoint = try await ask(sentinel, name: name) { return endpoint }
                faults.append("\(sentinel) doesn't know \(name)")
            } catch {
                faults.append("\(sentinel): \(error)")
            }
        }
        throw StoreError.connection("no sentinel names a primary: \(faults.joined(separator: "; "))")
    }

    private func ask(
        _ sentinel: StoreConfiguration.Endpoint, name: String
    ) async throws -> StoreConfiguration.Endpoint? {
        var plain = StoreConfiguration()
        plain.connectTimeout = configuration.connectTimeout
        plain.stallTimeout = configuration.stallTimeout
        plain.tls = configuration.tls
        let connection = try await RedisConnection.connect(to: sentinel, plain, on: eventLoop, onMessage: nil)
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
}
