import NIOCore
import Testing
import TestBench

@testable import DataStore

@Suite("Asking sentinels")
struct SentinelTests {
    /// The reply of a sentinel that names `server`.
    func naming(_ server: StoreConfiguration.Endpoint) -> String {
        "*2\r\n$\(server.host.utf8.count)\r\n\(server.host)\r\n$4\r\n\(server.port)\r\n"
    }

    @Test("goes by the primary that a sentinel names; one that is down is passed over")
    func named() async throws {
        try await withThrowawayRedis { redis in
            try await withServer(answers: ["+PONG\r\n", naming(redis.configuration.endpoint)]) { sentinel in
                var configuration = StoreConfiguration()
                let dead = StoreConfiguration.Endpoint(host: LoopbackAddress.next(), port: 26379)
                (configuration.sentinels, configuration.primaryName) = ([dead, sentinel.endpoint], "main")
                let text = await connectingFailure(configuration)
                #expect(text == "connected")
                let onlyDead = await connectingFailure(configuration) { $0.sentinels = [dead] }
                #expect(onlyDead.contains("\(dead): \(dead): connection"))
            }
        }
    }

    @Test("one that doesn't know the name is asked no more, and all are told about if none does")
    func unknownName() async throws {
        try await withServer(answers: ["+PONG\r\n", "*-1\r\n"]) { sentinel in
            var configuration = StoreConfiguration()
            (configuration.sentinels, configuration.primaryName) = ([sentinel.endpoint], "main")
            let text = await connectingFailure(configuration)
            #expect(text == "no sentinel leads to a primary: \(sentinel.endpoint) doesn't know main")
        }
    }

    @Test("one that names a server that was demoted is passed over for one that knows better")
    func stale() async throws {
        try await withThrowawayRedis { primary in
            let replica = try await ThrowawayRedis.start(replicating: primary)
            try await withServer(answers: ["+PONG\r\n", naming(replica.configuration.endpoint)]) { stale in
                try await withServer(answers: ["+PONG\r\n", naming(primary.configuration.endpoint)]) { sentinel in
                    var configuration = StoreConfiguration()
                    configuration.primaryName = "main"
                    configuration.sentinels = [stale.endpoint, sentinel.endpoint]
                    let connection = try await RedisConnection.connect(
                        configuration, on: .singletonMultiThreadedEventLoopGroup.any())
                    #expect(connection.endpoint == .network(primary.configuration.endpoint))
                    await connection.close()
                }
            }
            try await withServer(answers: ["+PONG\r\n", naming(replica.configuration.endpoint)]) { stale in
                var configuration = StoreConfiguration()
                (configuration.sentinels, configuration.primaryName) = ([stale.endpoint], "main")
                let text = await connectingFailure(configuration)
                #expect(text.hasSuffix("\(replica.configuration.endpoint) is no primary at the moment"))
            }
            await replica.kill()
        }
    }

    @Test("one that asks for a password gets that of the store")
    func password() async throws {
        try await withThrowawayRedis(.init(password: "sesame")) { redis in
            let sentinel = try await ThrowawaySentinel.start(
                name: "main", primary: redis.configuration, quorum: 1, password: "sesame")
            var configuration = StoreConfiguration()
            (configuration.sentinels, configuration.primaryName) = ([sentinel.endpoint], "main")
            configuration.password = Secret("sesame")
            let right = await connectingFailure(configuration)
            #expect(right == "connected")
            let none = await connectingFailure(configuration) { $0.password = nil }
            #expect(none.contains("NOAUTH"))
            await sentinel.kill()
        }
    }

    @Test("only when none of them names a server any more has it been left")
    func left() async throws {
        let (old, new) = (
            StoreConfiguration.Endpoint(host: "10.0.0.1", port: 6379),
            StoreConfiguration.Endpoint(host: "10.0.0.2", port: 6379)
        )
        func haveLeft(_ answers: [StoreConfiguration.Endpoint]) async throws -> Bool {
            guard let first = answers.first, let last = answers.last else { return false }
            var result = false
            try await withServer(answers: ["+PONG\r\n", naming(first)]) { one in
                try await withServer(answers: ["+PONG\r\n", naming(last)]) { two in
                    var configuration = StoreConfiguration()
                    let dead = StoreConfiguration.Endpoint(host: LoopbackAddress.next(), port: 26379)
                    configuration.sentinels = [dead, one.endpoint, two.endpoint]
                    result = await Sentinels(configuration, on: .singletonMultiThreadedEventLoopGroup.any())
                        .haveLeft(.network(old))
                }
            }
            return result
        }
        let (all, some, none) = (
            try await haveLeft([new, new]), try await haveLeft([new, old]), try await haveLeft([old, old])
        )
        #expect(all && !some && !none)
    }
}
