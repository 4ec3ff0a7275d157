import IEC104Channel
import IEC104Link
import NIOCore

/// Octet 1 tells how many lengths of pieces follow; the rest is what the socket brings. However it is cut, the same
/// frames and the same fault come out, and each frame is written back as it came.
func fuzzAPDU(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let pieces = (0..<Int(input.octet() & 0x1F)).map { _ in Int(input.octet()) }
    let stream = input.rest()
    let whole = APDUStreamReading(stream, pieces: [])
    require(APDUStreamReading(stream, pieces: pieces) == whole, "the frames depend on how the stream is cut")
    if stream.readableBytes <= 1024 {
        let drip = APDUStreamReading(stream, pieces: Array(repeating: 1, count: stream.readableBytes))
        require(drip == whole, "the frames depend on how the stream drips")
    }
    whole.checkFrames(of: stream)
}

/// What a decoder made of a stream.
private struct APDUStreamReading: Equatable {
    private var frames: [APDU] = []
    private var fault: MalformedAPDU?
    private var leftOver = 0

    /// - Parameter pieces: the lengths of the first reads; one read brings what follows.
    init(_ stream: ByteBuffer, pieces: [Int]) {
        let processor = NIOSingleStepByteToMessageProcessor(APDUDecoder())
        var stream = stream
        var frames: [APDU] = []
        do {
            for length in pieces + [stream.readableBytes] {
                guard let piece = stream.readSlice(length: min(length, stream.readableBytes)) else { continue }
                try processor.process(buffer: piece) { frames.append($0) }
                let most = APCI.maximumLength + 1
                require(processor.unprocessedBytes <= most, "\(processor.unprocessedBytes) octets make no frame")
            }
            leftOver = processor.unprocessedBytes
        } catch let malformed as MalformedAPDU {
            fault = malformed
        } catch {
            violated("the decoder throws \(error)")
        }
        self.frames = frames
    }

    /// The frames are the beginning of the stream, octet for octet, and their control fields mean what they say.
    func checkFrames(of stream: ByteBuffer) {
        var consumed = 0
        for frame in frames {
            let length = frame.octets.readableBytes
            require((6...255).contains(length), "a frame of \(length) octets")
            var mirror = ByteBuffer()
            mirror.writeMultipleIntegers(APCI.startOctet, UInt8(truncatingIfNeeded: length - 2))
            mirror.writeInteger(frame.apci.controlField, endianness: .little)
            mirror.writeImmutableBuffer(frame.asdu)
            let original = stream.getSlice(at: stream.readerIndex + consumed, length: length)
            require(mirror == original, "\(frame.apci) is written back otherwise than it came")
            consumed += length
            if case .information = frame.apci {
                require(frame.asdu.readableBytes > 0, "an I frame without ASDU")
            } else {
                require(length == APCI.encodedSize, "\(frame.apci) with an ASDU")
            }
        }
        if fault == nil {
            require(consumed + leftOver == stream.readableBytes, "octets are lost")
        } else {
            require(consumed < stream.readableBytes, "a fault without octets")
        }
    }
}
