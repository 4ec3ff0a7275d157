import DataStore
import TestBench

/// What the connector says of itself at the end of a run.
package struct ConnectorReports: Sendable {
    /// Codes of the error stream that faults of a run explain.
    private static let expected: Set<String> = ["store-lost"]

    /// Fields of health, since the last start of the process.
    package let health: [String: String]
    /// How often each code stands in the error stream.
    package let codes: [String: Int]

    init(_ redis: ThrowawayRedis, _ keys: StoreKeys) async throws {
        let names = ["entries", "events", "sent", "duplicates", "overruns", "invalid", "reconnects", "dropped"]
        let values = try await redis.send(RedisCommand(["HMGET", keys.health] + names)).elements ?? []
        health = Dictionary(zip(names, values.map { $0.string ?? "?" })) { first, _ in first }
        let entries = try await redis.send(["XRANGE", "connectors:\(keys.id):error", "-", "+"]).elements ?? []
        codes = entries.reduce(into: [:]) { codes, entry in
            let text = entry.elements?.last?.elements?.last?.string ?? ""
            let code = text.split(separator: #""code":""#).dropFirst().first?.prefix { $0 != "\"" } ?? "unreadable"
            codes[String(code), default: 0] += 1
        }
    }

    /// Codes that no fault of a run explains.
    package var unexpected: [String] { codes.keys.filter { !Self.expected.contains($0) }.sorted() }
}
