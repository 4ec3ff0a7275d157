import Conformance
import ConnectorInput
import DataStore
import Foundation
import NIOPosix
import Synchronization

/// Plays the process behind a connector: reads the commands of its output stream and answers on its input stream those
/// that the profile leaves to a process, as the profile says of each: refused, or carried out at once or after a while,
/// with or without return information, or without success.
package final class BenchProcess: CommandProcess {
    /// How long one reading waits, in milliseconds; shorter than a connection waits for a reply.
    private static let wait = "5000"

    private let commands: [ProfileCommand]
    private let feed: StoreFeed
    private let connection: RedisConnection
    private let stream: String
    private let begin: String
    private let executions = Mutex<[ProfileCommand: Int]>([:])

    /// Runs `body` while the process is there, unless the profile leaves nothing to it.
    ///
    /// - Parameters:
    ///   - id: the connector.
    ///   - feed: writes the answers.
    /// - Throws: `StoreError`, `StreamNameFault` if the store fails, and what `body` throws.
    package static func played<Result: Sendable>(
        for profile: StationProfile, of id: String, _ store: StoreConfiguration, feed: StoreFeed,
        _ body: @Sendable @escaping ((any CommandProcess)?) async throws -> Result
    ) async throws -> Result {
        let commands = profile.commands.filter(\.isConfirmedByProcess)
        guard !commands.isEmpty else { return try await body(nil) }
        let process = try await BenchProcess(commands, of: id, store, feed: feed)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await process.run()
                return nil
            }
            group.addTask { try await body(process) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private init(
        _ commands: [ProfileCommand], of id: String, _ store: StoreConfiguration, feed: StoreFeed
    ) async throws {
        self.commands = commands
        self.feed = feed
        connection = try await RedisConnection.connect(store, on: .singletonMultiThreadedEventLoopGroup.any())
        do {
            stream = try await OutputStream.name(of: id, connection)
            // What was there before is none of this run.
            let last = try await connection.send(["XREVRANGE", stream, "+", "-", "COUNT", "1"]).elements?.first
            begin = last?.elements?.first?.string ?? StreamID.zero.description
        } catch {
            await connection.close()
            throw error
        }
    }

    package func executions(of command: ProfileCommand) -> Int { executions.withLock { $0[command, default: 0] } }

    /// Answers until the task is cancelled or the store fails.
    private func run() async throws {
        try await withTaskCancellationHandler {
            do {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    var last = begin
                    while !Task.isCancelled {
                        let reply = try await connection.send(
                            ["XREAD", "BLOCK", Self.wait, "STREAMS", stream, last])
                        for entry in reply.elements?.first?.elements?.last?.elements ?? [] {
                            guard let id = entry.elements?.first?.string else { continue }
                            last = id
                            guard let command = Self.command(entry.elements?.last?.elements ?? []) else { continue }
                            // One that takes its time doesn't hold up the next.
                            group.addTask { try await self.answer(command) }
                        }
                    }
                }
            } catch {
                connection.abandon()
                if !Task.isCancelled { throw error }
            }
        } onCancel: {
            connection.abandon()
        }
    }

    /// The command in an entry's fields; nil if there is none that can be read.
    private static func command(_ fields: [RESPValue]) -> ProcessCommand? {
        guard let name = fields.firstIndex(where: { $0.string == "data" }),
            let text = fields.dropFirst(name + 1).first?.string
        else { return nil }
        return try? JSONDecoder().decode(ProcessCommand.self, from: Data(text.utf8))
    }

    private func answer(_ command: ProcessCommand) async throws {
        guard
            let declared = commands.first(where: {
                $0.commonAddress == command.casdu && $0.objectAddress == command.ioa
            })
        else { return }
        try await feed.write(document: command.answer(cause: 7, isNegative: declared.isRefused))
        if declared.isRefused || command.select == true { return }
        executions.withLock { $0[declared, default: 0] += 1 }
        if let returns = declared.returns {
            let point = ProfilePoint(declared.commonAddress, returns, .M_SP_TB_1)
            try await feed.write([FeedUpdate(point, .bool(command.value?.isOn ?? false), cause: 11)])
        }
        if let duration = declared.duration { try await Task.sleep(for: .seconds(duration)) }
        try await feed.write(document: command.answer(cause: 10, isNegative: declared.fails))
    }
}
