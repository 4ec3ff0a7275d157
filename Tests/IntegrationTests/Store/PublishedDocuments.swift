import DataStore
import Foundation
import TestBench

/// The connector's program, run to its end.
enum Program {
    static func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> (status: TestBench.ExitStatus, text: String) {
        let process = try ChildProcess(try ConnectorProcess.executable(), arguments, environment: environment)
        return (await process.exited(), process.tail(100))
    }
}

/// The documents of the tests as files.
struct PublishedDocuments {
    private let folder: TemporaryFolder

    /// - Parameter host: the address to listen on.
    init(host: String, mapping: String = ConnectorFixture.mapping) throws {
        folder = try TemporaryFolder("documents")
        try ConnectorFixture.configuration(host: host).write(
            toFile: folder.path + "/config.json", atomically: true, encoding: .utf8)
        try mapping.write(toFile: folder.path + "/mapping.json", atomically: true, encoding: .utf8)
    }

    /// Has the program write them.
    func publish(to store: StoreConfiguration) async throws -> (status: TestBench.ExitStatus, text: String) {
        try await Program.run(
            [
                "publish", "--id", ConnectorFixture.id, "--config-json", folder.path + "/config.json",
                "--mapping-json", folder.path + "/mapping.json", "redis",
            ] + store.arguments, environment: store.password.map { ["REDIS_PWD": $0.reveal] } ?? [:])
    }
}
