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

    func dataTransferStarted() { events.append(.started) }
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

/// APDUs as octets.
enum APDUs {
    static let startAct = "68 04 07 00 00 00"
    static let startCon = "68 04 0B 00 00 00"
    static let stopAct = "68 04 13 00 00 00"
    static let stopCon = "68 04 23 00 00 00"
    static let testAct = "68 04 43 00 00 00"
    static let testCon = "68 04 83 00 00 00"

    /// An S frame.
    static func S(_ receive: UInt16) -> String { "68 04 01 00 \(number(receive))" }

    /// An I frame.
    static func I(_ send: UInt16, _ receive: UInt16, _ asdu: String = ASDUs.point) -> String {
        "68 \(hexadecimal(UInt8(octets(asdu).count + 4))) \(number(send)) \(number(receive)) \(asdu)"
    }

    private static func number(_ number: UInt16) -> String {
        let field = number << 1
        return "\(hexadecimal(UInt8(field & 0xFF))) \(hexadecimal(UInt8(field >> 8)))"
    }
}

/// Octets of several APDUs, one behind the other.
func joined(_ apdus: String...) -> String { apdus.joined(separator: " ") }
