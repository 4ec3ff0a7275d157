import ArgumentParser
import ConnectorCore

/// Which connector is meant, for running it and for everything around it.
struct ConnectorReference: ParsableArguments {
    @Option(name: .customLong(SettingName.id.rawValue), help: .init(stringLiteral: SettingName.id.help))
    var id: String?

    @Option(help: ArgumentHelp("TOML file with parameters; see config-gen", valueName: "file"))
    var config: String?

    /// What there is to know without running the connector.
    ///
    /// - Parameter redis: nil where the subcommand `redis` was left out.
    func settings(_ redis: RedisOptions?) throws -> StartupSettings {
        do throws(SettingsFault) {
            return try SettingsSources(self, nil, redis).settings(configurationFile: config)
        } catch {
            throw Failure.usage(error.description)
        }
    }
}
