import NIOCore

/// A TCP segment (RFC 9293, 3.1), without its options.
package struct TCPSegment: Sendable {
    /// The control bits that matter here.
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let fin = Flags(rawValue: 0x01)
        package static let syn = Flags(rawValue: 0x02)
        package static let rst = Flags(rawValue: 0x04)
        package static let psh = Flags(rawValue: 0x08)
        package static let ack = Flags(rawValue: 0x10)
    }

    package let source: Endpoint
    package let destination: Endpoint
    /// The number of the first octet of the payload, or of the SYN.
    package let sequence: TCPSequence
    /// The number of the next octet that the sender expects; valid with `ack`.
    package let acknowledgement: TCPSequence
    package let flags: Flags
    package let payload: ByteBuffer
    /// Octets at the end of the payload that the capture has cut off.
    package let missing: Int

    package init(
        source: Endpoint, destination: Endpoint, sequence: TCPSequence, acknowledgement: TCPSequence, flags: Flags,
        payload: ByteBuffer, missing: Int = 0
    ) {
        self.source = source
        self.destination = destination
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        self.flags = flags
        self.payload = payload
        self.missing = missing
    }

    init(_ datagram: IPDatagram) throws(MalformedPacket) {
        var rest = datagram.payload
        guard
            let (source, destination, sequence, acknowledgement, offset, flags, _, _, _) = rest.readMultipleIntegers(
                as: (UInt16, UInt16, UInt32, UInt32, UInt8, UInt8, UInt16, UInt16, UInt16).self)
        else { throw .tooShort(.tcp) }
        let headerLength = Int(offset >> 4) * 4
        guard headerLength >= 20 else { throw .headerLength(.tcp, headerLength) }
        guard rest.readSlice(length: headerLength - 20) != nil else { throw .tooShort(.tcp) }
        self.init(
            source: Endpoint(address: datagram.source, port: source),
            destination: Endpoint(address: datagram.destination, port: destination),
            sequence: TCPSequence(rawValue: sequence), acknowledgement: TCPSequence(rawValue: acknowledgement),
            flags: Flags(rawValue: flags), payload: rest, missing: datagram.missing)
    }
}
