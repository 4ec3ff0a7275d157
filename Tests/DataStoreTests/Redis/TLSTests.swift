import NIOCore
import NIOPosix
import Testing
import TestBench

@testable import DataStore

@Suite("Connecting by TLS")
struct TLSTests {
    @Test("trusts whom it is told to, shows its own certificate, and refuses strangers")
    func certificates() async throws {
        let files = try await TLSFiles()
        try await withThrowawayRedis(files.server) { redis in
            var configuration = redis.configuration
            configuration.endpoint.port = TLSFiles.port
            func outcome(trusting trusted: String, as name: String?) async -> String {
                await connectingFailure(configuration) { $0.tls = files.client(trusting: trusted, as: name) }
            }
            let right = await outcome(trusting: "server", as: "client")
            let wrongServer = await outcome(trusting: "stranger", as: "client")
            #expect(right == "connected")
            #expect(wrongServer.contains("CERTIFICATE_VERIFY_FAILED"))
            let wrongClient = await outcome(trusting: "server", as: "stranger")
            let noClient = await outcome(trusting: "server", as: nil)
            #expect(wrongClient != "connected" && noClient != "connected")
            let missing = await outcome(trusting: "missing", as: nil)
            #expect(missing.hasPrefix("TLS files can't be used (\(files.path("missing.crt")))"))
        }
    }

    @Test("a server without TLS is named, with the question")
    func serverWithoutTLS() async throws {
        try await withThrowawayRedis { redis in
            let text = await connectingFailure(redis.configuration) {
                $0.tls = .init()
                $0.stallTimeout = .seconds(1)
            }
            #expect(text == "\(redis.host):\(redis.port) has not answered for 1 s; does it speak TLS there?")
        }
    }

    @Test("sentinels are asked by TLS too, with the same files")
    func sentinels() async throws {
        let files = try await TLSFiles()
        try await withThrowawayRedis(files.server) { redis in
            var primary = redis.configuration
            primary.endpoint.port = TLSFiles.port
            let sentinel = try await ThrowawaySentinel.start(name: "main", primary: primary, quorum: 1, tls: files)
            var configuration = StoreConfiguration()
            configuration.sentinels = [.init(host: files.host, port: ThrowawaySentinel.tlsPort)]
            (configuration.primaryName, configuration.tls) = ("main", files.client())
            let right = await connectingFailure(configuration)
            #expect(right == "connected")
            let stranger = await connectingFailure(configuration) { $0.tls = files.client(trusting: "stranger") }
            #expect(stranger.contains("CERTIFICATE_VERIFY_FAILED"))
            let plain = await connectingFailure(configuration) { $0.tls = nil }
            #expect(plain != "connected")
            await sentinel.kill()
        }
    }
}
