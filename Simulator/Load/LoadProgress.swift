/// How far a load has come.
package enum LoadProgress: Hashable, Sendable {
    case connected(Int, of: Int)
    case interrogated(Int, of: Int)
    /// - seconds: since the load began.
    case receiving(seconds: Double, written: Int, received: Int, objects: Int)

    /// One line for people.
    package var text: String {
        switch self {
        case .connected(let count, let all): "connecting: \(count) of \(all)"
        case .interrogated(let count, let all): "interrogating: \(count) of \(all) answered"
        case .receiving(let seconds, let written, let received, let objects):
            "\(Int(seconds)) s: "
                + (written > 0 ? "\(written) events written, \(received) received" : "\(objects) information objects")
        }
    }
}
