import ArgumentParser
import DataStore
import Foundation
import StationMonitor

/// The store behind a connector, to change points through. The options are those of the connector's `redis` command.
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

    @Option(help: ArgumentHelp("The store's ACL user.", valueName: "user"))
    var redisUser: String?

    @Option(
        help: ArgumentHelp(
            "The store's password; better in the environment, as REDIS_PWD, where nobody sees it.",
            valueName: "password"))
    var redisPwd: String?

    @Option(help: ArgumentHelp("The store's database (default: 0).", valueName: "number"))
    var redisDb: Int?

    @Flag(help: "Connect to the store by TLS.")
    var redisTls = false

    @Option(help: ArgumentHelp("Trusted certificates (PEM) instead of the system's.", valueName: "file"))
    var redisTlsCa: String?

    @Option(help: ArgumentHelp("A certificate (PEM) of one's own for the store.", valueName: "file"))
    var redisTlsCert: String?

    @Option(help: ArgumentHelp("The key (PEM) of that certificate.", valueName: "file"))
    var redisTlsKey: String?

    func validate() throws {
        guard id == nil || redis != nil else { throw ValidationError("--id needs --redis") }
        let access: [Any?] = [redisUser, redisPwd, redisDb, redisTlsCa, redisTlsCert, redisTlsKey]
        let hasAccess = redisTls || access.contains { $0 != nil }
        guard redis != nil || !hasAccess else { throw ValidationError("--redis-... needs --redis") }
        guard redisTls || (redisTlsCa == nil && redisTlsCert == nil && redisTlsKey == nil) else {
            throw ValidationError("--redis-tls-... needs --redis-tls")
        }
        guard (redisTlsCert == nil) == (redisTlsKey == nil) else {
            throw ValidationError("--redis-tls-cert and --redis-tls-key belong together")
        }
        guard redisDb.map({ $0 >= 0 }) ?? true else { throw ValidationError("--redis-db is a number from 0 on") }
    }

    /// Nil without --redis.
    var configuration: StoreConfiguration? {
        guard let redis else { return nil }
        var configuration = StoreConfiguration()
        configuration.endpoint = redis
        configuration.user = redisUser
        let password = redisPwd ?? ProcessInfo.processInfo.environment["REDIS_PWD"]
        configuration.password = password.flatMap { $0.isEmpty ? nil : Secret($0) }
        configuration.database = redisDb ?? 0
        if redisTls {
            configuration.tls = StoreConfiguration.TLS(
                caFile: redisTlsCa, certificateFile: redisTlsCert, keyFile: redisTlsKey)
        }
        return configuration
    }
}
