import ArgumentParser
import ConnectorCore
import DataStore

/// `status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the health of a connector.",
        usage: "iec104-connector status --id ID [--json] redis [--host HOST[:PORT]] ...",
        discussion: "Exit code 0 only if the connector is running, 1 otherwise.",
        subcommands: [StatusFromRedis.self])

    @OptionGroup var target: ConnectorReference

    @Flag(help: "One JSON object instead of a table")
    var json = false

    func run() async throws {
        try await show(nil, asJSON: json)
    }

    func show(_ redis: RedisOptions?, asJSON: Bool) async throws {
        let settings = try target.settings(redis)
        let fields: [(name: String, value: String)]
        do {
            fields = try await StoreAccess(settings.store).hash(StoreKeys(id: settings.id).health)
        } catch {
            throw Failure.runtime("\(error)")
        }
        let health = HealthView(id: settings.id, fields: fields)
        print(asJSON ? health.json : health.table)
        if !health.isRunning { throw ExitCode(1) }
    }
}

/// `status ... redis`
struct StatusFromRedis: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redis", abstract: "Read from the store at ... (the parameters of the store).")

    @ParentCommand var parent: Status
    @OptionGroup var redis: RedisOptions

    @Flag(help: "One JSON object instead of a table")
    var json = false

    func run() async throws {
        try await parent.show(redis, asJSON: json || parent.json)
    }
}
