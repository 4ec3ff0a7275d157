import IEC104Link

/// What a probe sends.
package enum Outgoing: Sendable {
    /// A U frame.
    case function(UFunction)
    /// An I frame that counts: V(S) and V(R) of the probe.
    case request(RawRequest)
    /// An I frame with any octets for an ASDU, that counts.
    case asdu([UInt8])
    /// An I frame with these numbers, that doesn't count.
    case numbered(RawRequest, send: Int, receive: Int)
    /// An S frame; V(R) of the probe if nil.
    case acknowledgement(Int?)
    /// Octets as they are.
    case raw([UInt8])
}

/// Builds APDUs without asking the link.
package enum FrameOctets {
    package static func function(_ function: UFunction) -> [UInt8] { [0x68, 4, function.rawValue, 0, 0, 0] }

    package static func supervisory(_ receive: Int) -> [UInt8] { [0x68, 4, 1, 0] + number(receive) }

    package static func information(_ send: Int, _ receive: Int, _ asdu: [UInt8]) -> [UInt8] {
        [0x68, UInt8(truncatingIfNeeded: asdu.count + 4)] + number(send) + number(receive) + asdu
    }

    private static func number(_ number: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number << 1), UInt8(truncatingIfNeeded: number >> 7)]
    }
}
