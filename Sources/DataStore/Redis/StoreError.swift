/// Why something could not be done with the store. No text contains a password.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no connection at the moment.
    case unavailable
    /// The connection could not be made, or was lost; the text says why.
    case connection(String)
    /// No reply in time.
    case stalled(seconds: Int)
    /// The server refused.
    case refused(RedisError)
    /// The server answered something that makes no sense here.
    case unexpectedReply(String)
    /// More requests are under way than may be.
    case overloaded

    package var description: String {
        switch self {
        case .unavailable: "the store is not connected"
        case .connection(let text): text
        case .stalled(let seconds): "the store has not answered for \(seconds) s"
        case .refused(let error): "the store refused: \(error)"
        case .unexpectedReply(let text): "unexpected reply of the store: \(text)"
        case .overloaded: "too many requests to the store are waiting"
        }
    }
}

extension StoreError {
    /// A server that doesn't know a command quotes its arguments, and AUTH has the password among them.
    func hiding(_ password: Secret?) -> StoreError {
        guard case .refused(let error) = self, let password = password?.reveal, !password.isEmpty else { return self }
        // It may quote the beginning only, so nothing quoted is kept.
        let text = error.message.firstRange(of: ", with args").map { String(error.message[..<$0.lowerBound]) }
        return .refused(RedisError(message: (text ?? error.message).replacing(password, with: "***")))
    }
}
