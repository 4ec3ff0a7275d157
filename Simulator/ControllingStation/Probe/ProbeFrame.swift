import IEC104Link
import IEC104Model
import NIOCore

/// An APDU, or octets that make none, as they came from the station. Read without the link's own code, so that what is
/// wrong can be told instead of ending the connection.
package struct ProbeFrame: Sendable {
    /// The format of an APDU.
    package enum Format: Hashable, Sendable {
        /// I format with N(S) and N(R).
        case information(send: Int, receive: Int)
        /// S format with N(R).
        case supervisory(receive: Int)
        /// U format with the first control octet.
        case unnumbered(UInt8)
        /// No APDU.
        case garbage
    }

    /// All octets from the start octet on.
    package let octets: [UInt8]
    /// What the control field says.
    package let format: Format
    /// When it came, by the clock that never steps.
    package let time: NIODeadline

    package init(_ octets: [UInt8], at time: NIODeadline) {
        self.octets = octets
        self.time = time
        guard octets.count >= APCI.encodedSize, octets[0] == APCI.startOctet else {
            format = .garbage
            return
        }
        let send = (Int(octets[2]) | Int(octets[3]) << 8) >> 1
        let receive = (Int(octets[4]) | Int(octets[5]) << 8) >> 1
        format =
            switch octets[2] & 3 {
            case 0, 2: .information(send: send, receive: receive)
            case 1: .supervisory(receive: receive)
            default: .unnumbered(octets[2])
            }
    }

    /// The octets from the type identification on; empty unless the format is I.
    package var asdu: ArraySlice<UInt8> {
        if case .information = format { octets.dropFirst(APCI.encodedSize) } else { [] }
    }

    /// True for an I frame.
    package var isInformation: Bool { if case .information = format { true } else { false } }

    /// N(S); nil unless the format is I.
    package var sendNumber: Int? { if case .information(let send, _) = format { send } else { nil } }

    /// N(R); nil in U format.
    package var receiveNumber: Int? {
        switch format {
        case .information(_, let receive), .supervisory(let receive): receive
        default: nil
        }
    }

    /// True for a U frame with this function.
    package func isFunction(_ function: UFunction) -> Bool { format == .unnumbered(function.rawValue) }

    // MARK: The data unit identifier

    private func octet(_ index: Int) -> UInt8? { asdu.dropFirst(index).first }

    /// Type identification; nil without an ASDU, as all that follow.
    package var type: UInt8? { octet(0) }
    /// Variable structure qualifier.
    package var structure: UInt8? { octet(1) }
    /// Cause of transmission without P/N and T.
    package var cause: UInt8? { octet(2).map { $0 & 0x3F } }
    /// P/N.
    package var isNegative: Bool { (octet(2) ?? 0) & 0x40 != 0 }
    /// T.
    package var isTest: Bool { (octet(2) ?? 0) & 0x80 != 0 }
    /// Originator address.
    package var originator: UInt8? { octet(3) }
    /// Common address.
    package var commonAddress: Int? {
        guard let low = octet(4), let high = octet(5) else { return nil }
        return Int(low) | Int(high) << 8
    }
    /// The address of the first information object.
    package var objectAddress: Int? {
        guard let low = octet(6), let middle = octet(7), let high = octet(8) else { return nil }
        return Int(low) | Int(middle) << 8 | Int(high) << 16
    }

    /// True for what a station sends of its own accord: process information with a cause of its own, and the end of
    /// initialization. A live station sends it at any time, whatever a case is about.
    package var isSpontaneous: Bool {
        guard let type, let cause else { return false }
        if type == 70 { return true }
        return TypeIdentification(rawValue: type).isProcessInformation && [1, 2, 3, 11, 12].contains(cause)
    }

    /// The ASDU decoded; nil without one.
    package var received: ReceivedASDU? {
        guard isInformation else { return nil }
        return ReceivedASDU(octets: ByteBuffer(bytes: asdu), time: time, millisecondsSince1970: 0)
    }

    /// The points reported, types 1...40.
    package var points: [ReportedPoint] { received?.points ?? [] }
}
