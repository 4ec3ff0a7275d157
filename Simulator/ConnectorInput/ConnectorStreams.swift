import DataStore
import Foundation

/// The stream that a connector reads its updates from.
package enum InputStream {
    /// Of a connector whose configuration names none.
    package static let defaultName = "process:updates"

    /// The name that a connector's configuration tells.
    ///
    /// - Parameter id: the connector; nil for one without a configuration.
    /// - Throws: `StoreError`; `StreamNameFault`.
    package static func name(of id: String?, _ connection: RedisConnection) async throws -> String {
        guard let id else { return defaultName }
        return try await StreamNames.read(of: id, connection).input ?? defaultName
    }
}

/// The stream that a connector writes commands to.
package enum OutputStream {
    /// The name that a connector's configuration tells.
    ///
    /// - Throws: `StoreError`; `StreamNameFault`.
    package static func name(of id: String, _ connection: RedisConnection) async throws -> String {
        try await StreamNames.read(of: id, connection).output ?? "connectors:\(id):output"
    }
}

/// The streams that a configuration names.
private struct StreamNames: Decodable {
    private struct Document: Decodable { var streams: StreamNames? }

    var input: String?
    var output: String?

    static func read(of id: String, _ connection: RedisConnection) async throws -> StreamNames {
        guard let text = try await connection.send(["GET", StoreKeys(id: id).configuration]).string else {
            return StreamNames()
        }
        do {
            return try JSONDecoder().decode(Document.self, from: Data(text.utf8)).streams ?? StreamNames()
        } catch {
            throw StreamNameFault(description: "the configuration of connector \(id) can't be read: \(error)")
        }
    }
}

/// Why it isn't known which streams a connector uses.
package struct StreamNameFault: Error, CustomStringConvertible {
    package let description: String
}
