import Testing

@testable import ConnectorCore

@Suite("What somebody probably meant")
struct NearestNameTests {
    private let names = ["host", "port", "maxConnections", "t1", "t2", "k"]

    @Test(
        "is the name with the fewest changes",
        arguments: [
            ("prot", "port"), ("Port", "port"), ("hosts", "host"), ("maxconnections", "maxConnections"),
            ("max_connections", "maxConnections"), ("t3", "t1"), ("K", "k"), ("w", "k"), ("prt", "port"),
        ])
    func near(name: String, expected: String) {
        #expect(NearestName.nearest(to: name, among: names) == expected)
        #expect(NearestName.hint(for: name, among: names) == "; did you mean \"\(expected)\"?")
    }

    @Test("isn't guessed where nothing is near", arguments: ["temperature", "", "xyzzy", "abcdefgh"])
    func far(name: String) {
        #expect(NearestName.nearest(to: name, among: names) == nil)
    }

    @Test("isn't guessed for a text that is far too long, or among no names")
    func bounds() {
        #expect(NearestName.nearest(to: String(repeating: "port", count: 10_000), among: names) == nil)
        #expect(NearestName.nearest(to: "port", among: []) == nil)
        #expect(NearestName.hint(for: "port", among: []).isEmpty)
    }
}
