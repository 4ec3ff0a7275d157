import ControllingStation
import IEC104Link
import IEC104Model

/// What a frame has to look like, with words for it.
package struct FramePattern: Sendable {
    package let text: String
    package let matches: @Sendable (ProbeFrame) -> Bool

    package init(_ text: String, _ matches: @escaping @Sendable (ProbeFrame) -> Bool) {
        self.text = text
        self.matches = matches
    }

    /// Either of two.
    package func or(_ other: FramePattern) -> FramePattern {
        let (first, second) = (matches, other.matches)
        return FramePattern("\(text) or \(other.text)") { first($0) || second($0) }
    }

    // MARK: By format

    /// A U frame.
    package static func function(_ function: UFunction) -> FramePattern {
        FramePattern(function.name) { $0.isFunction(function) }
    }

    /// Any I frame.
    package static let information = FramePattern("an I frame") { $0.isInformation }

    /// An I frame that a request has brought about.
    package static let reply = FramePattern("an answer") { $0.isInformation && !$0.isSpontaneous }

    /// Any S frame.
    package static let supervisory = FramePattern("an S frame") {
        if case .supervisory = $0.format { true } else { false }
    }

    /// An I or S frame that acknowledges everything before this number.
    package static func acknowledges(_ number: Int) -> FramePattern {
        FramePattern("N(R) = \(number & 0x7FFF)") { $0.receiveNumber == number & 0x7FFF }
    }

    /// "no I frame" of "an I frame".
    var absence: String {
        let article = ["a ", "an "].first { text.hasPrefix($0) } ?? ""
        return "no \(text.dropFirst(article.count))"
    }

    /// Anything at all.
    package static let anything = FramePattern("a frame") { _ in true }

    // MARK: By content

    /// An ASDU of a type.
    package static func type(_ type: TypeIdentification) -> FramePattern {
        FramePattern("\(type)") { $0.type == type.rawValue }
    }

    /// The request sent back unchanged but for cause and P/N.
    package static func answer(to request: RawRequest, cause: UInt8, isNegative: Bool = false) -> FramePattern {
        let octets = request.answered(cause: cause, isNegative: isNegative)
        return FramePattern("\(request.text) with cause \(cause), P/N = \(isNegative ? 1 : 0)") {
            $0.asdu.elementsEqual(octets)
        }
    }

    /// The request on the way back with its object, whatever the cause.
    package static func mirror(of request: RawRequest) -> FramePattern {
        let object = request.octets.dropFirst(4)
        return FramePattern("an answer to \(request.text)") { frame in
            frame.type == request.type && frame.asdu.dropFirst(4).elementsEqual(object)
        }
    }

    /// Positive confirmation of activation.
    package static func confirmation(of request: RawRequest) -> FramePattern { answer(to: request, cause: 7) }

    /// Negative confirmation of activation.
    package static func refusal(of request: RawRequest) -> FramePattern {
        answer(to: request, cause: 7, isNegative: true)
    }

    /// Termination of activation.
    package static func termination(of request: RawRequest) -> FramePattern { answer(to: request, cause: 10) }

    /// The request's type, common address and object address on the way back, whatever the cause.
    package static func anyAnswer(to request: RawRequest) -> FramePattern {
        FramePattern("an answer to \(request.text)") { frame in
            frame.type == request.type && frame.commonAddress == request.commonAddress
                && frame.objectAddress == request.objectAddress
        }
    }

    /// A negative answer: P/N = 1 with cause 7 or 44...47.
    package static func negativeAnswer(to request: RawRequest) -> FramePattern {
        let answers = anyAnswer(to: request).matches
        return FramePattern("a negative answer to \(request.text)") { frame in
            answers(frame) && frame.isNegative && [7, 44, 45, 46, 47].contains(frame.cause)
        }
    }

    /// A report of a point, alone or among others.
    package static func point(_ point: ProfilePoint, cause: UInt8? = nil) -> FramePattern {
        let address = point.address
        let name = "\(point.commonAddress)/\(point.objectAddress)"
        return FramePattern("point \(name)" + (cause.map { " with cause \($0)" } ?? "")) { frame in
            (cause == nil || frame.cause == cause) && frame.points.contains { $0.address == address }
        }
    }
}

extension RawRequest {
    /// The octets of the answer: the same but for cause and P/N; T stays.
    package func answered(cause: UInt8, isNegative: Bool) -> [UInt8] {
        with { $0.cause = cause | (isNegative ? 0x40 : 0) | ($0.cause & 0x80) }.octets
    }

    /// For people: `C_IC_NA_1 (100) of 1/0`.
    package var text: String { "\(TypeIdentification(rawValue: type)) of \(commonAddress)/\(objectAddress)" }
}
