import ArgumentParser
import ConnectorCore
import DataStore
import Foundation

/// `publish`
struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate configuration and mapping, then write both to the store at once.",
        usage: """
            iec104-connector publish --id ID [--config-json FILE] [--mapping-json FILE] redis [--host HOST[:PORT]] ...
            """,
        discussion: """
            Nothing is written unless everything is valid. A running connector takes the documents over at once. \
            Exit code 0 if written, 1 otherwise.
            """,
        subcommands: [PublishToRedis.self])

    @OptionGroup var target: ConnectorReference
    @OptionGroup var files: DocumentFiles

    func run() async throws {
        try await publish(nil)
    }

    func publish(_ redis: RedisOptions?) async throws {
        try files.requireOne()
        let settings = try target.settings(redis)
        let reading = files.read(id: settings.id)
        for line in reading.faults { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
        guard reading.errors == 0 else { throw Failure.runtime("nothing was written: \(reading.summary)") }
        do {
            let keys = StoreKeys(id: settings.id)
            try await StoreAccess(settings.store).set([
                (keys.configuration, reading.configuration), (keys.mapping, reading.mapping),
            ])
            for line in reading.findings { print(line) }
            print("written to \(settings.store.location) for connector \(settings.id)")
        } catch {
            throw Failure.runtime("\(error)")
        }
    }
}

/// `publish ... redis`
struct PublishToRedis: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redis", abstract: "Write to the store at ... (the parameters of the store).")

    @ParentCommand var parent: Publish
    @OptionGroup var redis: RedisOptions

    func run() async throws {
        try await parent.publish(redis)
    }
}
