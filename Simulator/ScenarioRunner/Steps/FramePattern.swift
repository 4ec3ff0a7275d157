import IEC104Link

/// Which frames are meant.
enum FramePattern: Sendable, CustomStringConvertible {
    /// Everything that comes.
    case any
    case unnumbered(UFunction)
    /// An S frame.
    case supervisory
    /// An I frame.
    case data(ASDUPattern)
    /// The end of the connection.
    case closed

    /// The words that stand for a pattern.
    static var words: [String] {
        UFunction.allCases.map { $0.name.lowercased() } + ["s frame", "i frame", "frame", "closed"]
    }

    init?(word: String) {
        let word = word.lowercased()
        if let function = UFunction.allCases.first(where: { $0.name.lowercased() == word }) {
            self = .unnumbered(function)
            return
        }
        switch word {
        case "s frame": self = .supervisory
        case "i frame": self = .data(ASDUPattern())
        case "frame": self = .any
        case "closed": self = .closed
        default: return nil
        }
    }

    /// How many times the frame is what is meant: its objects, or 1 for frames without.
    func matches(_ frame: ReceivedFrame) -> Int {
        switch (self, frame.apci) {
        case (.any, _), (.supervisory, .supervisory): 1
        case (.unnumbered(let wanted), .unnumbered(let function)): wanted == function ? 1 : 0
        case (.data(let pattern), .information): pattern.matches(frame).count
        default: 0
        }
    }

    var description: String {
        switch self {
        case .any: "a frame"
        case .unnumbered(let function): function.name
        case .supervisory: "an S frame"
        case .data(let pattern): pattern.description
        case .closed: "the end of the connection"
        }
    }
}
