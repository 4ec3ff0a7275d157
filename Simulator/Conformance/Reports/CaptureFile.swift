import ControllingStation
import NIOCore

/// The traffic of a case as a capture (pcap, microseconds, raw IP) that Wireshark opens: TCP connections made up around
/// the octets that were sent and received, each with handshake, numbers, check sums and end.
///
/// The connections are as the probe saw them, APDU by APDU; how the octets lay in the segments on the wire isn't kept.
package enum CaptureFile {
    /// LINKTYPE_RAW: packets begin with the IP header.
    private static let linkType: UInt32 = 101
    private static let snapLength: UInt32 = 262_144

    /// The octets of the file.
    package static func octets(_ entries: [FrameLog.Entry]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMultipleIntegers(
            UInt32(0xA1B2_C3D4), UInt16(2), UInt16(4), UInt32(0), UInt32(0), snapLength, linkType, endianness: .little)
        guard let first = entries.first else { return buffer }
        var conversations: [String: CapturedConversation] = [:]
        for entry in entries {
            // One clock for order and distances, the other for the date.
            let microseconds =
                first.millisecondsSince1970 * 1000 + (entry.time - first.time).nanoseconds / 1000
            if case .connected(let local, let remote) = entry.event {
                conversations[entry.connection] = CapturedConversation(local: local, remote: remote)
            }
            guard let packets = conversations[entry.connection]?.packets(entry.event) else { continue }
            for packet in packets { write(packet, microseconds, to: &buffer) }
        }
        return buffer
    }

    private static func write(_ packet: ByteBuffer, _ microseconds: Int64, to buffer: inout ByteBuffer) {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let length = UInt32(packet.readableBytes)
        buffer.writeMultipleIntegers(
            UInt32(truncatingIfNeeded: seconds), UInt32(truncatingIfNeeded: rest), length, length, endianness: .little)
        buffer.writeImmutableBuffer(packet)
    }
}
