import DataStore
import NIOCore

/// Octet 1 is the length of the pieces that the rest comes in, octet 2 how much of a reply is kept. However it is cut,
/// the same replies come out.
func fuzzRESP(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let length = Int(input.octet() & 0x3F) + 1
    let kept = Int(input.octet())
    let limit = kept & 1 == 0 ? ReplyLimit.standard : ReplyLimit(string: kept, total: 4 * kept)
    let stream = input.rest()
    let whole = Replies(stream, pieces: max(1, stream.readableBytes), limit)
    let pieces = Replies(stream, pieces: length, limit)
    require(pieces == whole, "the replies depend on how the stream is cut: \(pieces) instead of \(whole)")
}

private struct Replies: Equatable {
    private var values: [RESPValue] = []
    private var isFaulty = false

    init(_ stream: ByteBuffer, pieces length: Int, _ limit: ReplyLimit) {
        guard var reader = RESPReader() else { violated("no memory") }
        let octetCount = stream.readableBytes
        var stream = stream
        do throws(StoreError) {
            while stream.readableBytes > 0,
                let piece = stream.readSlice(length: min(length, stream.readableBytes))
            {
                reader.feed(piece)
                while let value = try reader.next(limit) {
                    require(Self.octets(of: value) <= limit.total + octetCount, "a reply beyond its limit")
                    values.append(value)
                }
            }
        } catch {
            require(!error.description.isEmpty, "a fault without words")
            isFaulty = true
        }
    }

    private static func octets(of value: RESPValue) -> Int {
        switch value {
        case .bulk(let octets): octets.readableBytes
        case .array(let elements): elements.reduce(0) { $0 + self.octets(of: $1) }
        default: 0
        }
    }
}
