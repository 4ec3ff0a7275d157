import DataStore
import NIOCore

/// Octet 1 is the length of the pieces that the rest comes in. However it is cut, the same replies come out.
func fuzzRESP(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let length = Int(input.octet() & 0x3F) + 1
    let stream = input.rest()
    let whole = replies(stream, pieces: stream.readableBytes)
    require(replies(stream, pieces: length) == whole, "the replies depend on how the stream is cut")
}

private struct Replies: Equatable {
    var values: [RESPValue] = []
    var isFaulty = false
}

private func replies(_ stream: ByteBuffer, pieces length: Int) -> Replies {
    guard var reader = RESPReader() else { violated("no memory") }
    var stream = stream
    var replies = Replies()
    do throws(StoreError) {
        while let piece = stream.readSlice(length: min(max(length, 1), stream.readableBytes)), piece.readableBytes > 0 {
            try reader.feed(piece)
            while let value = try reader.next() { replies.values.append(value) }
        }
    } catch {
        require(!error.description.isEmpty, "a fault without words")
        replies.isFaulty = true
    }
    return replies
}
