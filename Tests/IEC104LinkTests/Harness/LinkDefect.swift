import NIOCore

@testable import IEC104Link

/// A deliberate fault of the link under test, so that its cases can be seen to fail.
enum LinkDefect: Sendable {
    case needsNoStart
    case ignoresStart
    case confirmsStopEarly
    case leavesTestUnanswered
    case neverTests
    case ignoresT1
    case neverAcknowledges
    case acknowledgesNothingInI
    case ignoresK
    case takesAnySendNumber
    case takesAnyReceiveNumber

    /// The defect of the links that are made in this task.
    @TaskLocal static var current: LinkDefect?

    func altered(_ parameters: LinkParameters) -> LinkParameters {
        var parameters = parameters
        switch self {
        case .ignoresK: parameters.k = 32_767
        case .ignoresT1: parameters.t1 = .seconds(100_000)
        case .neverTests: parameters.t3 = .seconds(100_000)
        case .neverAcknowledges: (parameters.w, parameters.t2) = (32_767, .seconds(100_000))
        default: break
        }
        return parameters
    }

    /// A received frame as the faulty link reads it; nil if it overlooks the frame.
    func altered(received frame: APCI, by link: Link) -> APCI? {
        switch (self, frame) {
        case (.ignoresStart, .startAct), (.leavesTestUnanswered, .testAct): nil
        case (.takesAnySendNumber, .information(_, let receive)):
            .information(send: link.receiveState, receive: receive)
        case (.takesAnyReceiveNumber, .information(let send, _)):
            .information(send: send, receive: link.sendState)
        case (.takesAnyReceiveNumber, .supervisory): .supervisory(receive: link.sendState)
        default: frame
        }
    }

    /// A frame as the faulty link sends it.
    func altered(sent frame: APCI) -> APCI {
        switch (self, frame) {
        case (.acknowledgesNothingInI, .information(let send, _)): .information(send: send, receive: .init(0))
        default: frame
        }
    }
}
