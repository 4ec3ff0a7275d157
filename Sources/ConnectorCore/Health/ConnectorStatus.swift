/// What health tells in one word: the field `state`.
package enum ConnectorState: String, Hashable, Sendable, CaseIterable {
    /// Not yet serving.
    case starting = "Starting"
    /// Serving.
    case running = "Running"
    /// Something that the connector can't do without is missing; `message` tells what. It is tried again.
    case error = "Error"
    /// Ended in order.
    case stopped = "Stopped"
}

/// The conditions that the state follows from.
struct ConnectorConditions: Hashable, Sendable {
    enum Documents: Hashable, Sendable {
        case unread
        case valid
        /// Not usable, and nothing valid to run instead.
        case unusable(String)
        /// Not usable; the previous ones run on.
        case previous(String)
        /// The store has lost some; the previous ones run on.
        case missing(String)
    }

    enum Listener: Hashable, Sendable {
        case notBound
        case bound
        case failed(String)
    }

    /// Why the store is out of reach.
    var storeFault: String?
    /// Why the store takes nothing that is written to it, although it can be read.
    var writeFault: String?
    /// Why the input stream can't be read: no events come.
    var inputStreamFault: String?
    /// Why nothing can be written to the error stream.
    var errorStreamFault: String?
    var documents = Documents.unread
    var listener = Listener.notBound
    var isStopped = false

    var state: ConnectorState {
        if isStopped { return .stopped }
        if storeFault != nil { return .error }
        if case .unusable = documents { return .error }
        switch listener {
        case .failed: return .error
        case .bound: return .running
        case .notBound: return .starting
        }
    }

    /// What somebody who looks at health should know; empty if all is well.
    var message: String {
        if isStopped { return "" }
        var parts: [String] = []
        if let storeFault { parts.append("store: \(storeFault)") }
        if let writeFault { parts.append("the store can't be written: \(writeFault)") }
        if let inputStreamFault { parts.append("no events, the input stream can't be read: \(inputStreamFault)") }
        if let errorStreamFault { parts.append("the error stream can't be written: \(errorStreamFault)") }
        switch documents {
        case .unread, .valid: break
        case .missing(let names): parts.append("the store has lost \(names): the previous ones run on")
        case .unusable(let fault): parts.append("no valid configuration: \(fault)")
        case .previous(let fault): parts.append("the previous configuration runs on: \(fault)")
        }
        if case .failed(let fault) = listener { parts.append(fault) }
        return parts.joined(separator: "; ")
    }
}
