import Testing
import TestBench

@testable import DataStore

@Suite("A password")
struct SecretTests {
    static let password = "open-sesame-42"

    @Test("is in no description of the configuration")
    func descriptions() {
        var configuration = StoreConfiguration()
        configuration.password = Secret(Self.password)
        var dumped = ""
        dump(configuration, to: &dumped)
        let texts = [
            dumped, "\(configuration)", String(reflecting: configuration), configuration.location,
            "\(Secret(Self.password))", String(reflecting: [configuration.password]),
        ]
        for text in texts { #expect(!text.contains(Self.password)) }
        #expect(configuration.password?.reveal == Self.password)
    }

    @Test(
        "is in no error, even if the server quotes it",
        arguments: [
            "-ERR unknown command 'AUTH', with args beginning with: 'open-sesame-42' \r\n",
            "-ERR unknown command `AUTH`, with args beginning with: `open-ses`, \r\n",
            "-WRONG open-sesame-42 is no password, not open-sesame-42\r\n",
            "-ERR AUTH <password> called without any password configured for the default user.\r\n",
        ])
    func quoted(answer: String) async throws {
        try await withServer(answer: answer + "+PONG\r\n") { configuration in
            let text = await connectingFailure(configuration) { $0.password = Secret(Self.password) }
            #expect(!text.contains("open-ses"))
            #expect(text.contains("AUTH") || text.contains("*** is no password, not ***"))
        }
    }
}
