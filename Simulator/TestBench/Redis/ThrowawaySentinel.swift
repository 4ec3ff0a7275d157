import DataStore
import Foundation

/// A sentinel that watches one primary, on an address and in a folder of its own.
package final class ThrowawaySentinel: Sendable {
    /// The port that it speaks TLS on, if it does.
    package static let tlsPort: Int = 26380

    /// Where it listens.
    package let endpoint: StoreConfiguration.Endpoint
    private let access: StoreConfiguration
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// Starts a sentinel and waits until it answers.
    ///
    /// - Parameters:
    ///   - name: what it knows the primary by.
    ///   - primary: the server to watch; its password is used.
    ///   - quorum: how many sentinels have to agree that the primary is down.
    ///   - patience: how long a server may be silent until it counts as down.
    ///   - password: what the sentinel itself asks for.
    ///   - tls: by which it speaks TLS too, on `tlsPort` of the address that they are for, and with the servers.
    package static func start(
        name: String, primary: StoreConfiguration, quorum: Int, patience: Duration = .seconds(2),
        password: String? = nil, tls: TLSFiles? = nil
    ) async throws -> ThrowawaySentinel {
        let sentinel = try ThrowawaySentinel(name, primary, quorum, patience, password, tls)
        do {
            try await eventually("the sentinel answers on \(sentinel.endpoint)") {
                try await sentinel.send(["PING"]).string == "PONG"
            }
        } catch {
            throw BenchError("\(error); its output:\n\(sentinel.process.tail())")
        }
        return sentinel
    }

    private init(
        _ name: String, _ primary: StoreConfiguration, _ quorum: Int, _ patience: Duration, _ password: String?,
        _ tls: TLSFiles?
    ) throws(BenchError) {
        endpoint = StoreConfiguration.Endpoint(host: tls?.host ?? LoopbackAddress.next(), port: 26379)
        folder = try TemporaryFolder("sentinel")
        var access = StoreConfiguration()
        (access.endpoint, access.password) = (endpoint, password.map { Secret($0) })
        self.access = access
        var lines = [
            "bind \(endpoint.host)", "port \(endpoint.port)", "dir \(folder.path)", "protected-mode no",
            // Connections come from 127.0.0.1, where it doesn't listen.
            "sentinel announce-ip \(endpoint.host)",
            "sentinel monitor \(name) \(primary.endpoint.host) \(primary.endpoint.port) \(quorum)",
            "sentinel down-after-milliseconds \(name) \(Int(patience / .milliseconds(1)))",
            "sentinel failover-timeout \(name) 6000",
        ]
        if let password = primary.password { lines.append("sentinel auth-pass \(name) \(password.reveal)") }
        if let password { lines.append("requirepass \(password)") }
        if let tls { lines += tls.sentinelLines(port: Self.tlsPort) }
        let path = folder.path + "/sentinel.conf"
        do {
            try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw BenchError("no sentinel.conf: \(error)")
        }
        process = try ChildProcess(try ThrowawayRedis.program(), [path, "--sentinel"], folder: folder.path)
    }

    /// Sends one command over a connection of its own and throws if it is refused.
    @discardableResult
    package func send(_ command: RedisCommand) async throws -> RESPValue {
        let connection = try await RedisConnection.connect(access, on: .singletonMultiThreadedEventLoopGroup.any())
        do {
            let reply = try await connection.send(command)
            await connection.close()
            return reply
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Ends it by SIGKILL.
    package func kill() async {
        await process.kill()
    }
}
