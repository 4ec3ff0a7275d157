import ArgumentParser
import DataStore
import Foundation
import StationMonitor

/// The word that the parameters of the store follow, as with `iec104-connector`.
enum StoreWord: String, ExpressibleByArgument {
    case redis
}

/// Where the store is.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Host of the store, HOST or HOST:PORT.", valueName: "host"))
    var host = "127.0.0.1"

    @Option(help: "Port of the store; overrides one given with the host. (default: 6379)")
    var port: UInt16?

    @Option(help: ArgumentHelp("Password; better in the environment, as REDIS_PWD.", valueName: "password"))
    var pwd: String?

    @Option(help: "ACL user; needs a password.")
    var user: String?

    @Option(help: ArgumentHelp("Database number.", valueName: "number"))
    var db = 0

    @Option(help: ArgumentHelp("UNIX socket, used instead of host and port.", valueName: "path"))
    var socket: String?

    private var endpoint: HostAndPort? { HostAndPort(host, defaultPort: 6379) }

    func validate() throws {
        guard endpoint != nil else { throw ValidationError("--host \(host): HOST or HOST:PORT is expected") }
        guard port != 0 else { throw ValidationError("--port must be in 1...65535") }
        guard db >= 0 else { throw ValidationError("--db must not be negative") }
    }

    var configuration: StoreConfiguration {
        var configuration = StoreConfiguration()
        if let endpoint {
            configuration.endpoint.host = endpoint.host
            configuration.endpoint.port = port.map { Int($0) } ?? endpoint.port
        }
        configuration.password =
            (pwd ?? ProcessInfo.processInfo.environment["REDIS_PWD"]).flatMap { $0.isEmpty ? nil : Secret($0) }
        configuration.user = user
        configuration.database = db
        configuration.socketPath = socket
        return configuration
    }
}
