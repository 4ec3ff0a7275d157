import DataStore
import Foundation

/// The connector's program, running as a process of its own.
package final class ConnectorProcess: Sendable {
    /// The connector's id.
    package let id: String
    private let store: StoreConfiguration
    private let process: ChildProcess

    /// Starts the program found by `IEC104_CONNECTOR`, next to the running program or test bundle, or in `PATH`.
    ///
    /// - Parameters:
    ///   - id: its id.
    ///   - store: where its store is; a password goes by the environment.
    ///   - options: of the program, before `redis`.
    ///   - redisOptions: added after `redis`.
    ///   - onLine: sees each line that it writes, on a thread of the bench.
    /// - Throws: `BenchError` if the program isn't found or can't be started.
    package init(
        id: String, store: StoreConfiguration, logLevel: String = "debug", options: [String] = [],
        redisOptions: [String] = [], environment: [String: String] = [:],
        onLine: (@Sendable (OutputLine) -> Void)? = nil
    ) throws(BenchError) {
        var environment = environment
        if let password = store.password { environment["REDIS_PWD"] = password.reveal }
        let arguments = ["--id", id, "--log-level", logLevel] + options + ["redis"] + store.arguments
        self.id = id
        self.store = store
        process = try ChildProcess(
            try Self.executable(), arguments + redisOptions, environment: environment, onLine: onLine)
    }

    /// The path of the program.
    package static func executable() throws(BenchError) -> String {
        guard let path = Executable.find("iec104-connector", override: "IEC104_CONNECTOR", besideUs: true) else {
            throw BenchError("iec104-connector not found: build it, or name it in IEC104_CONNECTOR")
        }
        return path
    }

    /// Waits until its health says `Running`.
    ///
    /// - Throws: `BenchError` with the last lines it has written if it ends, or takes longer than `limit`.
    package func waitUntilRunning(within limit: Duration = .seconds(30)) async throws {
        try await waitForState("Running", within: limit)
    }

    /// Waits until its health says `state`.
    package func waitForState(_ state: String, within limit: Duration = .seconds(30)) async throws {
        let health = StoreKeys(id: id).health
        var connection: RedisConnection?
        var seen = "nothing"
        var failure: (any Error)?
        do {
            try await eventually("connector \(id) is \(state)", within: limit, every: .milliseconds(20)) {
                guard process.status == nil else { return true }
                do {
                    let open = if let connection { connection } else { try await connect() }
                    connection = open
                    let fields = try await open.send(["HMGET", health, "state", "message"]).elements ?? []
                    seen = fields.compactMap(\.string).joined(separator: ", ")
                    return fields.first?.string == state
                } catch {
                    // The server may come and go meanwhile.
                    await connection?.close()
                    connection = nil
                    throw error
                }
            }
            if let status = process.status { failure = BenchError("connector \(id) ended with \(status)") }
        } catch {
            failure = error
        }
        await connection?.close()
        if let failure { throw BenchError("\(failure); its health: \(seen); its output:\n\(process.tail())") }
    }

    private func connect() async throws -> RedisConnection {
        try await RedisConnection.connect(store, on: .singletonMultiThreadedEventLoopGroup.any())
    }

    /// The last lines it has written.
    package var lines: [OutputLine] { process.lines }
    /// The process's number.
    package var pid: Int32 { process.pid }
    /// How it ended; nil while it runs.
    package var status: ExitStatus? { process.status }

    /// Octets of its memory that are in use (VmRSS).
    ///
    /// - Throws: an error if it has ended.
    package func residentMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let kibibytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) }) else {
            throw BenchError("no memory in \(status)")
        }
        return kibibytes * 1024
    }

    /// Sends a signal.
    package func signal(_ signal: Int32) {
        process.signal(signal)
    }

    /// Returns when it has ended by itself.
    ///
    /// - Throws: `BenchError` with its last lines if it takes longer than `limit`.
    package func waitForExit(within limit: Duration = .seconds(10)) async throws -> ExitStatus {
        try await process.waitForExit(within: limit)
    }

    /// Ends it: SIGTERM, then SIGKILL after `grace`.
    @discardableResult
    package func stop(grace: Duration = .seconds(15)) async -> ExitStatus {
        await process.terminate(grace: grace)
    }

    /// Ends it by SIGKILL, as a crash would.
    @discardableResult
    package func kill() async -> ExitStatus {
        await process.kill()
    }
}
