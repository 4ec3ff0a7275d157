import DataStore
import Foundation
import Testing

@testable import TestBench

@Suite("A throwaway Redis")
struct ThrowawayRedisTests {
    @Test("answers on an address of its own, and is gone with its folder afterwards")
    func lifetime() async throws {
        let (configuration, folder) = try await withThrowawayRedis { redis in
            let reply = try await redis.send(["PING"])
            #expect(reply == .simpleString("PONG"))
            #expect(!redis.host.hasPrefix("127.0.0."))
            return (redis.configuration, redis.folder.path)
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        await #expect(throws: StoreError.self) {
            try await RedisConnection.connect(configuration, on: .singletonMultiThreadedEventLoopGroup.any())
        }
    }

    @Test("keeps what was written over a crash if it is persistent, and forgets it if not", arguments: [true, false])
    func persistence(isPersistent: Bool) async throws {
        try await withThrowawayRedis(.init(isPersistent: isPersistent)) { redis in
            try await redis.send(["SET", "key", "value"])
            await redis.kill()
            try await redis.restart()
            #expect(try await redis.send(["GET", "key"]).string == (isPersistent ? "value" : nil))
        }
    }

    @Test("asks for its password, and its users have the rights they were given")
    func users() async throws {
        let options = ThrowawayRedis.Options(
            password: "open", users: ["reader on >sesame ~* &* +@all -client|tracking"])
        try await withThrowawayRedis(options) { redis in
            #expect(try await redis.send(["PING"]) == .simpleString("PONG"))
            var configuration = redis.configuration
            configuration.user = "reader"
            configuration.password = Secret("sesame")
            let connection = try await RedisConnection.connect(
                configuration, on: .singletonMultiThreadedEventLoopGroup.any())
            let reply = try await connection.send([["CLIENT", "TRACKING", "ON"]]).first
            guard case .error(let error)? = reply else {
                Issue.record("no refusal: \(String(describing: reply))")
                return
            }
            #expect(error.code == "NOPERM")
            await connection.close()
        }
    }

    @Test("that can't start says what the server wrote")
    func output() async throws {
        let error = await #expect(throws: BenchError.self) {
            try await ThrowawayRedis.start(.init(arguments: ["--no-such-option", "yes"]))
        }
        #expect(error?.description.contains("no-such-option") == true)
        #expect(error?.description.contains("exit code 1") == true)
    }

    @Test("doesn't answer while it is paused")
    func pause() async throws {
        try await withThrowawayRedis { redis in
            try await redis.send(["SET", "key", "1"])
            await redis.pause()
            let impatient = redis.configuration.impatient
            await #expect(throws: StoreError.stalled(seconds: 0)) {
                try await RedisConnection.connect(impatient, on: .singletonMultiThreadedEventLoopGroup.any())
            }
            await redis.resume()
            #expect(try await redis.send(["GET", "key"]).string == "1")
        }
    }
}

extension StoreConfiguration {
    /// Gives up a server that doesn't answer for 0.2 s.
    fileprivate var impatient: StoreConfiguration {
        var configuration = self
        configuration.stallTimeout = .milliseconds(200)
        return configuration
    }
}
