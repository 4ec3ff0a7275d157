import NIOCore
import NIOPosix
import Testing
import TestBench

@testable import DataStore

@Suite("Connecting")
struct ConnectingTests {
    @Test("to a port that nobody listens on is refused")
    func refused() async {
        var configuration = StoreConfiguration()
        configuration.endpoint.host = LoopbackAddress.next()
        let text = await connectingFailure(configuration)
        #expect(text == "\(configuration.endpoint): connection refused")
    }

    @Test("to a name that doesn't exist says so")
    func unknownName() async {
        let text = await connectingFailure(StoreConfiguration()) { $0.endpoint.host = "no-such-host.invalid" }
        #expect(text == "no-such-host.invalid:6379: the name can't be resolved")
    }

    @Test("to a server that never answers is given up")
    func silent() async throws {
        try await withServer(answer: nil) { configuration in
            let text = await connectingFailure(configuration) { $0.stallTimeout = .milliseconds(100) }
            #expect(text.hasPrefix("the store has not answered"))
        }
    }

    @Test("to what isn't a Redis says what came")
    func stranger() async throws {
        try await withServer(answer: "HTTP/1.1 400 Bad Request\r\n\r\n") { configuration in
            #expect(
                await connectingFailure(configuration).hasPrefix(
                    "unexpected reply of the store: an answer that begins with"))
        }
    }

    @Test("to a server that has no room for another client hands on what it says")
    func full() async throws {
        try await withServer(answer: "-ERR max number of clients reached\r\n") { configuration in
            #expect(await connectingFailure(configuration) == "the store refused: ERR max number of clients reached")
        }
    }

    @Test("with a wrong password or none fails, and with the right one or as another user doesn't")
    func passwords() async throws {
        try await withThrowawayRedis(.init(password: "sesame", users: ["reader on >tahini ~* &* +@all"])) { redis in
            let configuration = redis.configuration
            let right = await connectingFailure(configuration)
            let wrong = await connectingFailure(configuration) { $0.password = Secret("wrong-one") }
            let none = await connectingFailure(configuration) { $0.password = nil }
            let wrongUser = await connectingFailure(configuration) { $0.user = "reader" }
            let user = await connectingFailure(configuration) { ($0.user, $0.password) = ("reader", Secret("tahini")) }
            #expect(right == "connected" && user == "connected")
            #expect(wrong.contains("WRONGPASS") && wrongUser.contains("WRONGPASS"))
            #expect(none.contains("NOAUTH"))
        }
    }

    @Test("selects the database, or says that there is none of that number")
    func database() async throws {
        try await withThrowawayRedis { redis in
            var configuration = redis.configuration
            configuration.database = 3
            let connection = try await RedisConnection.connect(
                configuration, on: .singletonMultiThreadedEventLoopGroup.next())
            _ = try await connection.send(["SET", "key", "in 3"])
            await connection.close()
            #expect(try await redis.send(["GET", "key"]) == .null)
            let replies = try await redis.send([["SELECT", "3"], ["GET", "key"]])
            #expect(replies.last?.string == "in 3")
            let text = await connectingFailure(configuration) { $0.database = 99 }
            #expect(text.contains("DB index is out of range"))
        }
    }

    @Test("goes by a UNIX socket, and names it where it isn't there")
    func socket() async throws {
        let folder = try TemporaryFolder("socket")
        let path = folder.path + "/redis"
        try await withThrowawayRedis(.init(arguments: ["--unixsocket", path])) { redis in
            let found = await connectingFailure(redis.configuration) { $0.socketPath = path }
            #expect(found == "connected")
            let missing = await connectingFailure(redis.configuration) { $0.socketPath = path + "-not" }
            #expect(missing == "\(path)-not: no such file or directory")
        }
    }
}
