import IEC104Channel
import NIOCore
import TestSupport

/// The layer above a link, as a test writes it down.
final class ScriptedUser: LinkUser {
    /// What the user is told, in order.
    enum Event: Equatable {
        case established, started, stopped
        case received(String)
        case closed(LinkCloseReason)
    }

    private(set) weak var link: (any LinkControl)?
    private(set) var events: [Event] = []
    /// ASDUs that wait to be sent.
    var queue: [String] = []
    /// How often the link has asked for an ASDU.
    var pulls = 0

    var onEstablished: (any LinkControl) -> Void = { _ in }
    var onStarted: () -> Void = {}
    var onReceived: (String) -> Void = { _ in }
    var onPull: () -> Void = {}

    var received: [String] {
        events.compactMap { if case .received(let asdu) = $0 { asdu } else { nil } }
    }

    var closeReason: LinkCloseReason? {
        if case .closed(let reason)? = events.last { reason } else { nil }
    }

    func linkEstablished(_ link: any LinkControl) {
        self.link = link
        events.append(.established)
        onEstablished(link)
    }

    func dataTransferStarted() {
        events.append(.started)
        onStarted()
    }

    func dataTransferStopped() { events.append(.stopped) }

    func received(asdu: ByteBuffer) {
        events.append(.received(asdu.hexadecimalText))
        onReceived(asdu.hexadecimalText)
    }

    func nextASDU(into buffer: inout ByteBuffer) -> Bool {
        pulls += 1
        onPull()
        guard !queue.isEmpty else { return false }
        buffer.writeBytes(octets(queue.removeFirst()))
        return true
    }

    func linkClosed(_ reason: LinkCloseReason) { events.append(.closed(reason)) }

    /// Has so many ASDUs to send, and says so.
    func offer(_ count: Int) {
        queue += Array(repeating: ASDUs.point, count: count)
        link?.wake()
    }
}

/// ASDUs as octets.
enum ASDUs {
    /// Single point 1001 is on.
    static let point = "01 01 03 00 01 00 E9 03 00 01"
    /// Station interrogation.
    static let interrogation = "64 01 06 00 01 00 00 00 00 14"
    /// Test command.
    static let test = "6B 01 06 00 01 00 00 00 00 34 12 E8 03 1E 0C 2F 06 1A"
}

extension APDUs {
    /// An I frame that carries one single point.
    static func I(_ send: Int, _ receive: Int) -> String { I(send, receive, ASDUs.point) }
}

/// Octets of several APDUs, one behind the other.
func joined(_ apdus: String...) -> String { apdus.joined(separator: " ") }
