import DataStore
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A `redis-server` for one test or demonstration: on an address of its own, with a temporary folder of its own, gone
/// when it isn't needed any more. `IEC104_REDIS_SERVER` may name another program, such as `valkey-server`.
package actor ThrowawayRedis {
    /// What the server shall be like.
    package struct Options: Sendable {
        /// Nil takes an address that nobody else uses.
        package var host: String?
        package var port = 6379
        /// True keeps what was written over `restart` (an append-only file), even after `kill`.
        package var isPersistent = false
        /// The password of the default user.
        package var password: String?
        /// Users, each as the server's ACL rules: `"reader on >secret ~* &* +@all -client|tracking"`.
        package var users: [String] = []
        /// Added to the command line.
        package var arguments: [String] = []
        /// The path of the program; nil takes what is there.
        package var executable: String?

        package init(
            host: String? = nil, port: Int = 6379, isPersistent: Bool = false, password: String? = nil,
            users: [String] = [], arguments: [String] = [], executable: String? = nil
        ) {
            self.host = host
            self.port = port
            self.isPersistent = isPersistent
            self.password = password
            self.users = users
            self.arguments = arguments
            self.executable = executable
        }
    }

    /// How long a reply to the bench may take: a server on a busy machine that is asked for much is none that is dead.
    private static let patience = TimeAmount.seconds(60)

    /// How to connect, as the default user.
    package nonisolated let configuration: StoreConfiguration
    /// The server's working folder.
    package nonisolated let folder: TemporaryFolder
    private let executable: String
    private let arguments: [String]
    private var process: ChildProcess?
    private let connection: KeptConnection

    private init(_ options: Options) throws(BenchError) {
        if let path = options.executable { executable = path } else { executable = try Self.program() }
        folder = try TemporaryFolder("redis")
        var configuration = StoreConfiguration()
        configuration.endpoint.host = options.host ?? LoopbackAddress.next()
        configuration.endpoint.port = options.port
        configuration.password = options.password.map { Secret($0) }
        self.configuration = configuration
        connection = KeptConnection { [configuration] in try await Self.connect(configuration) }
        var arguments = ["--bind", configuration.endpoint.host, "--port", String(options.port), "--dir", folder.path]
        arguments += ["--save", "", "--appendonly", options.isPersistent ? "yes" : "no", "--daemonize", "no"]
        // With "everysec" the server may acknowledge what it hasn't written yet, while a sync is under way.
        arguments += ["--appendfsync", "always"]
        arguments += ["--protected-mode", "no", "--repl-diskless-sync-delay", "0"]
        if let password = options.password { arguments += ["--requirepass", password] }
        for user in options.users { arguments += ["--user"] + user.split(separator: " ").map(String.init) }
        self.arguments = arguments + options.arguments
    }

    /// Starts a server and waits until it answers.
    ///
    /// - Throws: `BenchError` with what the server has written, if it doesn't within a minute.
    package static func start(_ options: Options = Options()) async throws -> ThrowawayRedis {
        let redis = try ThrowawayRedis(options)
        try await redis.restart()
        return redis
    }

    /// Starts a replica and waits until it has what its primary has.
    ///
    /// - Parameter options: more about it; the password is that of its primary.
    package static func start(
        replicating primary: ThrowawayRedis, _ options: Options = Options()
    ) async throws -> ThrowawayRedis {
        var options = options
        let host = options.host ?? LoopbackAddress.next()
        options.host = host
        options.password = primary.configuration.password?.reveal
        // Its connection comes from 127.0.0.1, where it doesn't listen.
        options.arguments += ["--replica-announce-ip", host]
        options.arguments += ["--replicaof", primary.host, String(primary.port)]
        if let password = options.password { options.arguments += ["--masterauth", password] }
        let replica = try await start(options)
        try await eventually("\(replica.host) replicates \(primary.host)", within: .seconds(30)) {
            try await replica.send(["INFO", "replication"]).string?.contains("master_link_status:up") == true
        }
        return replica
    }

    /// The path of the server's program.
    package static func program() throws(BenchError) -> String {
        guard let path = Executable.find("redis-server", override: "IEC104_REDIS_SERVER", besideUs: false) else {
            throw BenchError("redis-server not found; apt-get install redis-server")
        }
        return path
    }

    package nonisolated var host: String { configuration.endpoint.host }
    package nonisolated var port: Int { configuration.endpoint.port }

    /// Starts it on the same address and in the same folder, after ending it if it still runs.
    package func restart() async throws {
        await stop()
        let process = try ChildProcess(executable, arguments, folder: folder.path)
        self.process = process
        do {
            try await eventually("redis-server answers on \(configuration.location)", within: .seconds(60)) {
                if process.status != nil { return true }
                return try await answers()
            }
            if let status = process.status { throw BenchError("redis-server ended with \(status)") }
        } catch {
            await process.kill()
            throw BenchError("\(error); its output:\n\(process.tail())")
        }
    }

    /// Any refusal but the one while it loads its data comes from a server that is up.
    private func answers() async throws -> Bool {
        do {
            try await Self.connect(configuration).close()
            return true
        } catch StoreError.refused(let error) where error.code != "LOADING" {
            return true
        }
    }

    /// Ends it: SIGTERM, then SIGKILL.
    package func stop() async {
        await connection.close()
        _ = await process?.terminate()
        process = nil
    }

    /// Ends it by SIGKILL, as a crash would.
    package func kill() async {
        await connection.close()
        await process?.kill()
        process = nil
    }

    /// The number of the server's process; nil while it is ended.
    package var pid: Int32? { process?.pid }

    /// Stops it in its tracks: connections stay, nothing is answered.
    package func pause() {
        process?.signal(SIGSTOP)
    }

    /// Lets it go on after `pause`.
    package func resume() {
        process?.signal(SIGCONT)
    }

    /// The last lines the server has written, for failures.
    package var log: String { process?.tail() ?? "" }

    // MARK: Talking to it

    /// Sends commands as the default user, over one connection that is kept.
    ///
    /// - Returns: as many replies as commands, refusals among them as `RESPValue.error`.
    @discardableResult
    package func send(_ commands: [RedisCommand]) async throws -> [RESPValue] {
        try await connection.send(commands)
    }

    /// Sends one command and throws if it is refused.
    @discardableResult
    package func send(_ command: RedisCommand) async throws -> RESPValue {
        try (try await send([command]).first ?? .null).orThrow()
    }

    private static func connect(_ configuration: StoreConfiguration) async throws -> RedisConnection {
        var patient = configuration
        patient.stallTimeout = patience
        return try await RedisConnection.connect(patient, on: .singletonMultiThreadedEventLoopGroup.any())
    }
}

/// Test runners start everything at once. Servers that wait for a processor answer late, and time limits that hold on
/// any machine would have to be long, so that only a few run at a time.
private let turnstile = Turnstile(places: 3 * ProcessInfo.processInfo.activeProcessorCount)

/// Runs `body` with a server that is gone afterwards, whatever happens. Waits for its turn first: few servers run so at
/// a time, and time limits count from when the server is there.
package func withThrowawayRedis<Result: Sendable>(
    _ options: ThrowawayRedis.Options = ThrowawayRedis.Options(),
    isolation: isolated (any Actor)? = #isolation, _ body: (ThrowawayRedis) async throws -> Result
) async throws -> Result {
    await turnstile.enter()
    defer { turnstile.leave() }
    let redis = try await ThrowawayRedis.start(options)
    do {
        let result = try await body(redis)
        await redis.kill()
        return result
    } catch {
        await redis.kill()
        throw error
    }
}
