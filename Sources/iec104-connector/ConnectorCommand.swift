import ArgumentParser
import ConnectorCore
import DataStore
import Logging

/// `iec104-connector`: without a subcommand other than `redis`, runs the connector.
@main
struct ConnectorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iec104-connector",
        abstract: "Serves data points in Redis to control rooms by IEC 60870-5-104.",
        usage: """
            iec104-connector --id ID [--log-level LEVEL] [--config FILE] redis [--host HOST[:PORT]] [--port PORT] ...
            iec104-connector --config FILE
            iec104-connector config-gen | check | publish | status ...
            """,
        discussion: """
            The connector is a controlled station. What it serves is told by two documents in the store, \
            connectors:{ID}:config and connectors:{ID}:mapping; both are followed while it runs.

            Parameters are looked for on the command line, then in the environment (IEC104_ID, IEC104_LOG_LEVEL, \
            REDIS_HOST, REDIS_PORT, REDIS_PWD, ...), then in the file given with --config; config-gen writes such a \
            file with every parameter explained.

            Exit codes: 0 ended in order, 1 failure, 64 wrong usage. SIGTERM and SIGINT end it in order, a second \
            signal at once.

            Examples:
              iec104-connector --id substation-1 redis --host datastore:6380
              iec104-connector publish --id substation-1 --config-json c.json --mapping-json m.json redis
              iec104-connector status --id substation-1 redis
            """,
        version: "iec104-connector \(ConnectorVersion.current)",
        subcommands: [
            RunWithRedis.self, GenerateConfiguration.self, Check.self, Publish.self, Status.self,
        ])

    @OptionGroup var reference: ConnectorReference
    @OptionGroup var startup: StartupOptions

    func run() async throws {
        try await start(nil)
    }

    func start(_ redis: RedisOptions?) async throws {
        let settings: StartupSettings
        do throws(SettingsFault) {
            settings = try SettingsSources(reference, startup, redis).settings(configurationFile: reference.config)
        } catch {
            throw Failure.usage(error.description)
        }
        var logger = Logger(label: "iec104-connector") { label in
            guard settings.logLevel != nil else { return SwiftLogNoOpLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        if let level = settings.logLevel { logger.logLevel = level }
        logger[metadataKey: "id"] = "\(settings.id)"
        do {
            try await Connector(settings, logger: logger).run()
        } catch {
            throw Failure.runtime("\(error)")
        }
    }
}

/// `iec104-connector ... redis`: the parameters of the store.
struct RunWithRedis: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redis", abstract: "Run the connector with the store at ... (the parameters of the store).")

    @ParentCommand var parent: ConnectorCommand
    @OptionGroup var redis: RedisOptions

    func run() async throws {
        try await parent.start(redis)
    }
}
