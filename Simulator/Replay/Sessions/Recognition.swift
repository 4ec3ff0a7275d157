import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// Tells from what a TCP connection carries whether it is IEC 60870-5-104, and which end is the controlled station.
///
/// A port settles both. Without one, a connection is taken for IEC 60870-5-104 when its first octets, or those of a
/// segment, make an APDU that makes sense down to its last octet; until then, up to 4096 octets in 64 pieces are kept.
struct Recognition {
    enum Verdict {
        case undecided
        case recognized(controlled: Side)
        case other
    }

    private static let octetLimit = 4096
    private static let pieceLimit = 64

    /// The port that IANA has given to IEC 60870-5-104.
    static let standardPort: UInt16 = 2404

    /// The ports of the first and of the second side.
    let ports: (UInt16, UInt16)
    /// The only port that counts, if the user has named one.
    let wanted: UInt16?
    /// The side that has opened the connection, if that was captured.
    var opener: Side?

    /// What was kept so far.
    private(set) var kept: [StreamEvent] = []
    private var octets = (ByteBuffer(), ByteBuffer())
    private var count = 0

    init(ports: (UInt16, UInt16), wanted: UInt16?) {
        self.ports = ports
        self.wanted = wanted
    }

    /// What the ports say.
    var verdictByPort: Verdict {
        let port = wanted ?? Self.standardPort
        switch (ports.0 == port, ports.1 == port) {
        case (true, false): return .recognized(controlled: .first)
        case (false, true): return .recognized(controlled: .second)
        case (true, true): return .recognized(controlled: opener?.other ?? .second)
        case (false, false): return wanted == nil ? .undecided : .other
        }
    }

    /// Keeps an event, and tells what is known with it.
    mutating func judge(_ event: StreamEvent) -> Verdict {
        guard case .octets(let octets) = event.content else {
            kept.append(event)
            return .undecided
        }
        // A copy: a slice would keep the packet.
        let piece = ByteBuffer(bytes: octets.readableBytesView)
        kept.append(
            StreamEvent(side: event.side, frame: event.frame, time: event.time, content: .octets(piece)))
        count += piece.readableBytes
        let isRecognized: Bool
        switch event.side {
        case .first: isRecognized = Self.begins(piece, &self.octets.0)
        case .second: isRecognized = Self.begins(piece, &self.octets.1)
        }
        if isRecognized { return .recognized(controlled: controlledSide) }
        return count > Self.octetLimit || kept.count > Self.pieceLimit ? .other : .undecided
    }

    /// True if an APDU begins in the piece, or where the side's octets begin.
    private static func begins(_ piece: ByteBuffer, _ octets: inout ByteBuffer) -> Bool {
        octets.writeImmutableBuffer(piece)
        for candidate in [piece, octets] {
            if case .apdu = PlausibleAPDU.at(0, of: candidate) { return true }
        }
        return false
    }

    /// By the opening of the connection, else by what was sent, else the side with the lower port.
    private var controlledSide: Side {
        if let opener { return opener.other }
        for (side, octets) in [(Side.first, octets.0), (Side.second, octets.1)] {
            var outputs: [APDUSplitter.Output] = []
            var splitter = APDUSplitter(isSynchronized: false)
            splitter.receive(octets, into: &outputs)
            for case .apdu(let apdu, let apci) in outputs {
                if let isControlled = Self.isFromControlledStation(apdu, apci) {
                    return isControlled ? side : side.other
                }
            }
        }
        return ports.0 <= ports.1 ? .first : .second
    }

    /// Nil for APDUs that either station may send.
    private static func isFromControlledStation(_ apdu: ByteBuffer, _ apci: APCI) -> Bool? {
        switch apci {
        case .unnumbered(.startDataTransferActivation), .unnumbered(.stopDataTransferActivation): return false
        case .unnumbered(.startDataTransferConfirmation), .unnumbered(.stopDataTransferConfirmation): return true
        case .unnumbered, .supervisory: return nil
        case .information:
            var asdu = apdu
            asdu.moveReaderIndex(forwardBy: min(APCI.encodedSize, asdu.readableBytes))
            guard let identifier = try? DataUnitIdentifier(decoding: &asdu) else { return nil }
            if identifier.typeIdentification.isProcessInformation { return true }
            switch identifier.cause {
            case .activation, .deactivation: return false
            case .activationConfirmation, .deactivationConfirmation, .activationTermination: return true
            default: return nil
            }
        }
    }
}
