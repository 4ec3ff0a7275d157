package enum ConnectorMain {
    package static func run(_ settings: StartupSettings) async -> Int32 { 1 }
}
