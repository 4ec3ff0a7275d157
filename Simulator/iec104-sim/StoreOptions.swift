import ArgumentParser
import DataStore
import StationMonitor

/// The store behind a connector, to change points through.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The connector's store, with a port unless that is 6379.", valueName: "host[:port]"),
        transform: { text in
            guard let place = HostAndPort(text, defaultPort: 6379) else {
                throw ValidationError("HOST or HOST:PORT is expected")
            }
            return StoreConfiguration.Endpoint(host: place.host, port: place.port)
        })
    var redis: StoreConfiguration.Endpoint?

    @Option(help: "The connector's id; its configuration names the input stream.")
    var id: String?

    func validate() throws {
        guard id == nil || redis != nil else { throw ValidationError("--id needs --redis") }
    }

    /// Nil without --redis.
    var configuration: StoreConfiguration? {
        redis.map { endpoint in
            var configuration = StoreConfiguration()
            configuration.endpoint = endpoint
            return configuration
        }
    }
}
