import NIOCore
import Replay

/// Segments of both sides of a connection: flags, side, place, length, acknowledgement and seconds of each in turn. What
/// comes out is each octet of a side at most once, in order; what is lost is told; and little is held.
func fuzzReassembly(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    var assembler = StreamAssembler()
    let bases: [UInt32] = [UInt32(input.word()) << 16 | 0xFF00, 0xFFFF_FF80]
    var (frame, seconds) = (0, Int64(0))
    var events: [StreamEvent] = []
    while !input.isAtEnd {
        frame += 1
        let (control, place, length) = (input.octet(), input.word(), Int(input.octet()))
        let side: Side = control & 1 == 0 ? .first : .second
        seconds += Int64(control >> 5)
        let flags = TCPSegment.Flags(rawValue: control >> 1 & 0x05 | 0x18)
        let sequence = bases[side.rawValue] &+ UInt32(place)
        // Each octet of a side is what its place says, so that a wrong one is seen.
        let payload = ByteBuffer(bytes: (0..<length).map { UInt8(truncatingIfNeeded: Int(place) + $0) })
        let end = Endpoint(address: IPAddress(ipv4: 1), port: 1)
        let segment = TCPSegment(
            source: end, destination: end, sequence: TCPSequence(rawValue: sequence),
            acknowledgement: TCPSequence(rawValue: bases[side.other.rawValue] &+ UInt32(input.word())), flags: flags,
            payload: payload, missing: Int(control >> 3 & 1))
        assembler.receive(
            segment, from: side, frame: frame, time: CaptureTime(nanoseconds: seconds * 1_000_000_000), into: &events)
        require(assembler.heldOctets <= 2 * (1 << 18) + 512, "\(assembler.heldOctets) octets are held")
    }
    assembler.finish(into: &events)
    require(assembler.heldOctets == 0, "octets are held for ever")
    for side in Side.allCases { checkOctets(of: side, events) }
    for (before, after) in zip(events, events.dropFirst()) where before.side == after.side {
        require(before.frame <= after.frame, "packet \(after.frame) comes after \(before.frame)")
    }
}

/// Octets count up by one from piece to piece, and by what is missing between.
private func checkOctets(of side: Side, _ events: [StreamEvent]) {
    var next: UInt8?
    for event in events where event.side == side {
        switch event.content {
        case .octets(let octets):
            for octet in octets.readableBytesView {
                if let next { require(octet == next, "octet \(octet) where \(next) is expected") }
                next = octet &+ 1
            }
        case .missing(let count): next = count.flatMap { count in next.map { $0 &+ UInt8(truncatingIfNeeded: count) } }
        // FIN has a number of its own, RST hasn't.
        case .ended: next = nil
        case .unseen, .late: break
        }
    }
}

/// Octet 1 tells how many lengths of pieces follow; the rest is what one end has sent. However it is cut, the same APDUs
/// come out, and every octet once.
func fuzzSplitter(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let head = input.octet()
    let pieces = (0..<Int(head & 0x1F)).map { _ in Int(input.octet()) }
    let stream = input.rest()
    let isSynchronized = head & 0x80 == 0
    let whole = splitOutputs(stream, pieces: [], isSynchronized)
    require(splitOutputs(stream, pieces: pieces, isSynchronized) == whole, "the APDUs depend on how the stream is cut")
    var all = ByteBuffer()
    for output in whole {
        switch output {
        case .apdu(let octets, _), .skipped(let octets): all.writeImmutableBuffer(octets)
        // Octets of a wrong start or length are told here, and once more as those passed over.
        case .malformed(let octets, .startOctet), .malformed(let octets, .length(...3)),
            .malformed(let octets, .length(254...)):
            require(octets.readableBytes <= 2, "more than start octet and length")
        case .malformed(let octets, _): all.writeImmutableBuffer(octets)
        }
    }
    require(all == stream, "octets are lost or come twice")
}

private func splitOutputs(_ stream: ByteBuffer, pieces: [Int], _ isSynchronized: Bool) -> [APDUSplitter.Output] {
    var splitter = APDUSplitter(isSynchronized: isSynchronized)
    var (stream, outputs) = (stream, [APDUSplitter.Output]())
    for length in pieces + [stream.readableBytes] {
        guard let piece = stream.readSlice(length: min(length, stream.readableBytes)) else { continue }
        splitter.receive(piece, into: &outputs)
    }
    splitter.interrupt(into: &outputs)
    return outputs
}
