import ArgumentParser
import ConnectorCore

/// What a running connector does besides serving points.
struct StartupOptions: ParsableArguments {
    @Option(
        name: .customLong(SettingName.logLevel.rawValue),
        help: .init("\(SettingName.logLevel.help) (default: info)", valueName: "level"))
    var logLevel: String?

    @Option(
        name: .customLong(SettingName.metrics.rawValue),
        help: .init(stringLiteral: SettingName.metrics.help))
    var metrics: String?

    /// Adds what was given to the layer of the command line.
    func add(to layer: inout SettingsLayer) {
        layer[.logLevel] = logLevel.map { [$0] } ?? []
        layer[.metrics] = metrics.map { [$0] } ?? []
    }
}
