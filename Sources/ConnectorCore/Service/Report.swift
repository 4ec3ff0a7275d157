import NIOCore

/// An entry of the error stream.
package struct Report: Hashable, Sendable {
    /// What kind of thing went wrong. The raw values are stable: others filter by them.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The configuration document can't be used; the previous one runs on.
        case invalidConfig = "invalid-config"
        /// The mapping document can't be used; the previous one runs on.
        case invalidMapping = "invalid-mapping"
        /// A document was taken, but somebody should look.
        case configWarning = "config-warning"
        /// The store has come back without documents that were there before; the previous ones run on.
        case documentsMissing = "documents-missing"
        /// A data point document can't be used; the point keeps its value.
        case invalidPoint = "invalid-point"
        /// A controlling station commands what the mapping doesn't have.
        case unmappedCommand = "unmapped-command"
        /// The store has, or may have, taken a command that was refused for want of an answer in time.
        case lateCommand = "late-command"
        /// A confirmation on the input stream matches no command.
        case unexpectedConfirmation = "unexpected-confirmation"
        /// The key of the input stream holds something else.
        case invalidInputStream = "invalid-input-stream"
        /// Entries of the input stream were removed before they were read.
        case streamGap = "stream-gap"
        /// A client fell too far behind and was closed.
        case clientOverrun = "client-overrun"
        /// A connection beyond `maxConnections`.
        case connectionRefused = "connection-refused"
        /// The port can't be bound.
        case bindFailed = "bind-failed"
        /// The store was out of reach; written when it is back.
        case storeLost = "store-lost"
        /// The store refused to be written; written when it can be again.
        case storeUnwritable = "store-unwritable"

        /// Different reports that are told one by one within 10 s. All faults of a document belong together.
        var limit: Int {
            switch self {
            case .invalidConfig, .invalidMapping, .configWarning: 1000
            default: 50
            }
        }
    }

    package var milliseconds: Int64
    package var code: Code
    package var message: String
    /// The key, stream entry or client it is about.
    package var source: String
    package var detail: String

    /// The JSON of the field `data`.
    package var json: ByteBuffer {
        var text = JSONText()
        text.object {
            $0.field("timestamp", ISO8601.text(milliseconds))
            $0.field("code", code.rawValue)
            $0.field("message", message)
            $0.field("source", source)
            $0.field("detail", detail)
        }
        return text.octets
    }
}
