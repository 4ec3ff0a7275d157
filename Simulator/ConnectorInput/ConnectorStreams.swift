import DataStore
import Foundation

/// The stream that a connector reads its updates from.
package enum InputStream {
    /// Of a connector whose configuration names none.
    package static let defaultName = "process:updates"

    /// The name that a connector's configuration tells.
    ///
    /// - Parameter id: the connector; nil for one without a configuration.
    /// - Throws: `StoreError`; `InputStreamFault`.
    package static func name(of id: String?, _ connection: RedisConnection) async throws -> String {
        struct Document: Decodable {
            struct Streams: Decodable { var input: String? }
            var streams: Streams?
        }
        guard let id, let text = try await connection.send(["GET", StoreKeys(id: id).configuration]).string else {
            return defaultName
        }
        do {
            return try JSONDecoder().decode(Document.self, from: Data(text.utf8)).streams?.input ?? defaultName
        } catch {
            throw InputStreamFault(description: "the configuration of connector \(id) can't be read: \(error)")
        }
    }
}

/// Why it isn't known where a connector reads its updates from.
package struct InputStreamFault: Error, CustomStringConvertible {
    package let description: String
}
