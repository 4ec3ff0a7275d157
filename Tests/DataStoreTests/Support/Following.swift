import DataStore
import Logging
import NIOCore
import NIOPosix
import TestBench

/// The image key of an object of common address 1.
func imageKey(_ object: Int) -> String { "process:image:casdu:1:ioa:\(object)" }

/// Follows a server while `body` runs.
///
/// - Parameter adjust: changes how the follower connects.
func following<Result: Sendable>(
    _ redis: ThrowawayRedis, _ recording: Recording, adjust: (inout StoreConfiguration) -> Void = { _ in },
    _ body: (StoreFollower) async throws -> Result
) async throws -> Result {
    try await following(redis.configuration, recording, adjust: adjust, body)
}

/// The same with a server that may be anything.
func following<Result: Sendable>(
    _ configuration: StoreConfiguration, _ recording: Recording,
    adjust: (inout StoreConfiguration) -> Void = { _ in }, _ body: (StoreFollower) async throws -> Result
) async throws -> Result {
    var configuration = configuration
    configuration.maximumBackoff = .milliseconds(200)
    adjust(&configuration)
    let follower = StoreFollower(
        configuration: configuration, keys: StoreKeys(id: "test"),
        eventLoop: .singletonMultiThreadedEventLoopGroup.next(),
        delegate: recording, logger: Logger(label: "test"))
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await follower.run() }
        defer { group.cancelAll() }
        return try await body(follower)
    }
}

/// The same with a server of its own, from the moment on when the first snapshot is complete.
func followingThrowawayRedis(
    _ options: ThrowawayRedis.Options = ThrowawayRedis.Options(), recording: Recording = Recording(),
    adjust: (inout StoreConfiguration) -> Void = { _ in },
    prepare: (ThrowawayRedis) async throws -> Void = { _ in },
    _ body: (ThrowawayRedis, Recording, StoreFollower) async throws -> Void
) async throws {
    try await withThrowawayRedis(options) { redis in
        try await prepare(redis)
        try await following(redis, recording, adjust: adjust) { follower in
            try await eventually("the first snapshot is complete") { recording.snapshots > 0 }
            try await body(redis, recording, follower)
        }
    }
}

/// Runs `body` while the follower isn't connected.
func losingTheConnection(
    _ redis: ThrowawayRedis, _ recording: Recording, _ body: () async throws -> Void
) async throws {
    let losses = recording.states.count
    // Whoever connects is thrown out, but for the one connection that does it.
    try await redis.send(["CONFIG", "SET", "maxclients", "1"])
    try await redis.send(["CLIENT", "KILL", "SKIPME", "yes"])
    try await eventually("the loss is told") { recording.states.count > losses }
    try await body()
    try await redis.send(["CONFIG", "SET", "maxclients", "100"])
}

extension ThrowawayRedis {
    /// Appends an entry with one field, `data`.
    func add(_ data: String, to stream: String = "process:updates") async throws {
        try await send(["XADD", stream, "*", "data", data])
    }

    /// Appends entries `from...to` in one go.
    func add(_ numbers: ClosedRange<Int>, to stream: String = "process:updates") async throws {
        for reply in try await send(numbers.map { ["XADD", stream, "*", "data", String($0)] }) {
            _ = try reply.orThrow()
        }
    }
}

extension ThrowawayRedis {
    /// How often a command has been executed.
    func calls(of command: String) async throws -> Int {
        let text = try await send(["INFO", "commandstats"]).string ?? ""
        let line = text.split(separator: "\r\n").first { $0.hasPrefix("cmdstat_\(command):") }
        return line?.split(separator: "=").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
    }

    /// Clients that wait in a blocking command.
    var blockedClients: Int {
        get async throws {
            let text = try await send(["INFO", "clients"]).string ?? ""
            let line = text.split(separator: "\r\n").first { $0.hasPrefix("blocked_clients:") }
            return line.flatMap { Int($0.dropFirst("blocked_clients:".count)) } ?? 0
        }
    }
}
