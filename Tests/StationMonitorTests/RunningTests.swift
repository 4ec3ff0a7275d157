import Testing

@testable import StationMonitor

@Suite("What a monitor is told")
struct RunningTests {
    @Test(
        "places are read as users write them",
        arguments: [
            ("localhost", "localhost", 2404), ("192.0.2.1:2405", "192.0.2.1", 2405),
            ("[2001:db8::1]:7", "2001:db8::1", 7),
            ("[::1]", "::1", 2404), ("2001:db8::1", "2001:db8::1", 2404), ("a:65535", "a", 65_535),
        ] as [(String, String, Int)])
    func places(text: String, host: String, port: Int) {
        #expect(HostAndPort(text) == HostAndPort(host: host, port: port))
    }

    @Test(
        "other texts are no places",
        arguments: [
            "", ":2404", "a:", "a:0", "a:65536", "a:x", "a:+1", "a:-1", "[::1", "[::1]x", "[]:1", "a b", "[::1]:",
        ])
    func noPlaces(text: String) {
        #expect(HostAndPort(text) == nil)
    }

    @Test("a place is written as it can be read")
    func description() {
        #expect(HostAndPort(host: "::1", port: 1).description == "[::1]:1")
        #expect(HostAndPort(host: "a", port: 1).description == "a:1")
    }

    @Test("a rate is that of the last seconds")
    func rate() {
        var meter = RateMeter()
        #expect(meter.rate(count: 0, at: 0) == "0.0")
        #expect(meter.rate(count: 10, at: 1000) == "10.0")
        #expect(meter.rate(count: 25, at: 2000) == "12.5")
        #expect(meter.rate(count: 25, at: 3000) == "7.5")
        #expect(meter.rate(count: 25, at: 60_000) == "0.0")
    }

    @Test("the first result ends the other operations")
    func firstOfSeveral() async throws {
        let result = try await firstResult(
            of: { nil as Int? },
            {
                try await Task.sleep(for: .seconds(600))
                return 1
            }, { 2 })
        #expect(result == 2)
        #expect(try await firstResult(of: { nil as Int? }, { nil }) == nil)
        await #expect(throws: CancellationError.self) {
            _ = try await firstResult(
                of: { throw CancellationError() as any Error },
                {
                    try await Task.sleep(for: .seconds(600))
                    return 1
                })
        }
    }
}
