/// Something wrong with a document, and where.
package struct DocumentFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Severity: String, Hashable, Sendable {
        /// The document can't be used.
        case error
        /// It can, but somebody should look.
        case warning
    }

    package let severity: Severity
    /// The JSON path, `points[3].type`; empty for the document as a whole.
    package let path: String
    package let message: String
    package let position: TextPosition

    /// `12:7: error: points[3].type: ...`
    package var description: String {
        "\(position): \(severity.rawValue): \(path.isEmpty ? "" : path + ": ")\(message)"
    }
}
