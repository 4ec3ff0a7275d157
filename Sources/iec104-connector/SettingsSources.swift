import ConnectorCore
import Foundation

/// Collects parameters from command line, environment and file.
struct SettingsSources {
    private var commandLine = SettingsLayer.commandLine()

    /// - Parameters:
    ///   - startup: nil where the connector isn't run.
    ///   - redis: nil where the subcommand `redis` was left out.
    init(_ reference: ConnectorReference, _ startup: StartupOptions?, _ redis: RedisOptions?) {
        commandLine[.id] = reference.id.map { [$0] } ?? []
        startup?.add(to: &commandLine)
        redis?.add(to: &commandLine)
    }

    /// All of them together; the files that they name are there.
    func settings(configurationFile name: String?) throws(SettingsFault) -> StartupSettings {
        let settings = try StartupSettings(try layers(configurationFile: name))
        try settings.requireFiles()
        return settings
    }

    /// The sources, the most important one first.
    private func layers(configurationFile name: String?) throws(SettingsFault) -> [SettingsLayer] {
        let layers = [commandLine, .environment(ProcessInfo.processInfo.environment)]
        guard let name else { return layers }
        guard let text = try? String(contentsOfFile: name, encoding: .utf8) else {
            throw SettingsFault("--config: \(name) can't be read")
        }
        return layers + [try SettingsFile.layer(text, name: name)]
    }
}
