import NIOCore
import NIOPosix
import Testing
import TestBench

@testable import DataStore

@Suite("Connecting by TLS")
struct TLSTests {
    @Test("trusts whom it is told to, shows its own certificate, and refuses strangers")
    func certificates() async throws {
        let folder = try TemporaryFolder("tls")
        let host = LoopbackAddress.next()
        for name in ["server", "client", "stranger"] { try await folder.makeCertificate(name, for: host) }
        func path(_ name: String) -> String { "\(folder.path)/\(name)" }
        let options = ThrowawayRedis.Options(
            host: host,
            arguments: [
                "--tls-port", "6380", "--tls-cert-file", path("server.crt"), "--tls-key-file", path("server.key"),
                "--tls-ca-cert-file", path("client.crt"),
            ])
        try await withThrowawayRedis(options) { redis in
            var configuration = redis.configuration
            configuration.endpoint.port = 6380
            func outcome(ca: String, _ own: String?) async -> String {
                await connectingFailure(configuration) {
                    $0.tls = StoreConfiguration.TLS(
                        caFile: path(ca), certificateFile: own.map { path("\($0).crt") },
                        keyFile: own.map { path("\($0).key") })
                }
            }
            let (right, wrongServer) = (
                await outcome(ca: "server.crt", "client"), await outcome(ca: "stranger.crt", "client")
            )
            #expect(right == "connected")
            #expect(wrongServer.contains("CERTIFICATE_VERIFY_FAILED"))
            let (wrongClient, noClient) = (
                await outcome(ca: "server.crt", "stranger"), await outcome(ca: "server.crt", nil)
            )
            #expect(wrongClient != "connected" && noClient != "connected")
            let missing = await outcome(ca: "missing.crt", nil)
            #expect(missing.hasPrefix("TLS files can't be used (\(folder.path)/missing.crt)"))
        }
    }
}
