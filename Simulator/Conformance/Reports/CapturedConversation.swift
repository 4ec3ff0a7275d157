import ControllingStation
import NIOCore

/// One TCP connection of a capture: writes the packets of what happens on it.
struct CapturedConversation {
    private static let fin: UInt8 = 0x01
    private static let syn: UInt8 = 0x02
    private static let rst: UInt8 = 0x04
    private static let psh: UInt8 = 0x08
    private static let ack: UInt8 = 0x10
    /// Octets of data in a packet at most.
    private static let segment = 16_384

    private struct End {
        let address: [UInt8]
        let port: UInt16
        /// The number of the next octet it sends.
        var next: UInt32
        var hasEnded = false
    }

    private var probe: End
    private var station: End

    /// Nil unless both addresses are known and of one family.
    init?(local: SocketAddress?, remote: SocketAddress?) {
        guard let local, let remote, let localOctets = Self.octets(local), let remoteOctets = Self.octets(remote),
            localOctets.count == remoteOctets.count
        else { return nil }
        probe = End(address: localOctets, port: UInt16(local.port ?? 0), next: 1000)
        station = End(address: remoteOctets, port: UInt16(remote.port ?? 0), next: 2000)
    }

    private static func octets(_ address: SocketAddress) -> [UInt8]? {
        switch address {
        case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: nil
        }
    }

    /// The packets of an event.
    mutating func packets(_ event: FrameLog.Entry.Event) -> [ByteBuffer] {
        switch event {
        case .connected:
            [
                packet(fromProbe: true, Self.syn), packet(fromProbe: false, Self.syn | Self.ack),
                packet(fromProbe: true, Self.ack),
            ]
        case .sent(let octets): data(octets, fromProbe: true)
        case .received(let octets): data(octets, fromProbe: false)
        case .closedByStation:
            [
                packet(fromProbe: false, Self.fin | Self.ack),
                packet(fromProbe: true, probe.hasEnded ? Self.ack : Self.fin | Self.ack),
            ]
        case .sendingClosedByProbe:
            [packet(fromProbe: true, Self.fin | Self.ack), packet(fromProbe: false, Self.ack)]
        // The station's end of a connection that is closed half stays open.
        case .closedByProbe(isReset: false) where probe.hasEnded: []
        case .closedByProbe(let isReset):
            isReset
                ? [packet(fromProbe: true, Self.rst | Self.ack)]
                : [packet(fromProbe: true, Self.fin | Self.ack), packet(fromProbe: false, Self.fin | Self.ack)]
        case .note: []
        }
    }

    private mutating func data(_ octets: [UInt8], fromProbe: Bool) -> [ByteBuffer] {
        guard !(fromProbe ? probe : station).hasEnded else { return [] }
        return stride(from: 0, to: octets.count, by: Self.segment).map { offset in
            packet(fromProbe: fromProbe, Self.psh | Self.ack, octets[offset...].prefix(Self.segment))
        }
    }

    private mutating func packet(fromProbe: Bool, _ flags: UInt8, _ payload: ArraySlice<UInt8> = []) -> ByteBuffer {
        let (source, destination) = fromProbe ? (probe, station) : (station, probe)
        let acknowledgement = flags & Self.ack != 0 ? destination.next : 0
        var segment = ByteBuffer()
        segment.writeMultipleIntegers(source.port, destination.port, source.next, acknowledgement)
        segment.writeMultipleIntegers(UInt8(5 << 4), flags, UInt16(64_240), UInt16(0), UInt16(0))
        segment.writeBytes(payload)
        let length = UInt32(segment.readableBytes)
        var pseudoHeader = ByteBuffer(bytes: source.address + destination.address)
        if source.address.count == 4 {
            pseudoHeader.writeMultipleIntegers(UInt8(0), UInt8(6), UInt16(truncatingIfNeeded: length))
        } else {
            pseudoHeader.writeMultipleIntegers(length, UInt32(6))
        }
        pseudoHeader.writeImmutableBuffer(segment)
        segment.setInteger(InternetChecksum.of(pseudoHeader.readableBytesView), at: 16)
        advance(fromProbe: fromProbe, by: payload.count, flags)
        var packet = header(source.address, destination.address, length: Int(length))
        packet.writeBuffer(&segment)
        return packet
    }

    private mutating func advance(fromProbe: Bool, by count: Int, _ flags: UInt8) {
        // SYN and FIN count as an octet.
        let step = UInt32(count) + (flags & (Self.syn | Self.fin) != 0 ? 1 : 0)
        let hasEnded = flags & (Self.fin | Self.rst) != 0
        if fromProbe {
            probe.next &+= step
            probe.hasEnded = probe.hasEnded || hasEnded
        } else {
            station.next &+= step
            station.hasEnded = station.hasEnded || hasEnded
        }
    }

    private func header(_ source: [UInt8], _ destination: [UInt8], length: Int) -> ByteBuffer {
        var header = ByteBuffer()
        if source.count == 4 {
            header.writeMultipleIntegers(UInt8(0x45), UInt8(0), UInt16(truncatingIfNeeded: length + 20))
            header.writeMultipleIntegers(UInt16(0), UInt16(0x4000), UInt8(64), UInt8(6), UInt16(0))
            header.writeBytes(source + destination)
            header.setInteger(InternetChecksum.of(header.readableBytesView), at: 10)
        } else {
            header.writeMultipleIntegers(UInt32(0x6000_0000), UInt16(truncatingIfNeeded: length), UInt8(6), UInt8(64))
            header.writeBytes(source + destination)
        }
        return header
    }
}

/// The check sum of IP and TCP (RFC 1071).
enum InternetChecksum {
    static func of(_ octets: some Collection<UInt8>) -> UInt16 {
        var sum: UInt32 = 0
        var isHigh = true
        for octet in octets {
            sum += isHigh ? UInt32(octet) << 8 : UInt32(octet)
            if sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
            isHigh.toggle()
        }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}
