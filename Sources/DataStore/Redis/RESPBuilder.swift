import NIOCore

/// Puts a reply together from what the parser finds in it, one value after the other, parents before their elements.
///
/// The octets of all its strings stand in one buffer, of which they are slices: a reply of thousands of strings needs
/// memory once and not thousands of times.
final class RESPBuilder {
    private enum Node {
        case string(Range<Int>)
        case status(Range<Int>)
        case error(Range<Int>)
        case integer(Int64)
        case null
        /// So many elements follow.
        case array(Int)
    }

    private var octets = ByteBuffer()
    private var nodes: ContiguousArray<Node> = []

    func addString(_ text: UnsafeRawBufferPointer) { nodes.append(.string(add(text))) }
    func addStatus(_ text: UnsafeRawBufferPointer) { nodes.append(.status(add(text))) }
    func addError(_ text: UnsafeRawBufferPointer) { nodes.append(.error(add(text))) }
    func addInteger(_ number: Int64) { nodes.append(.integer(number)) }
    func addNull() { nodes.append(.null) }
    func addArray(_ count: Int) { nodes.append(.array(count)) }

    private func add(_ text: UnsafeRawBufferPointer) -> Range<Int> {
        let start = octets.writerIndex
        octets.writeBytes(text)
        return start..<octets.writerIndex
    }

    /// The reply that has been added. The next one begins from nothing.
    func take() -> RESPValue {
        var position = 0
        let value = value(at: &position)
        octets = ByteBuffer()
        nodes.removeAll(keepingCapacity: nodes.count < 10_000)
        return value
    }

    private func value(at position: inout Int) -> RESPValue {
        guard position < nodes.count else { return .null }
        let node = nodes[position]
        position += 1
        switch node {
        case .string(let range): return .bulk(slice(range))
        case .status(let range): return .simpleString(String(buffer: slice(range)))
        case .error(let range): return .error(RedisError(message: String(buffer: slice(range))))
        case .integer(let number): return .integer(number)
        case .null: return .null
        case .array(let count):
            var elements: [RESPValue] = []
            elements.reserveCapacity(min(count, nodes.count - position))
            for _ in 0..<count { elements.append(value(at: &position)) }
            return .array(elements)
        }
    }

    private func slice(_ range: Range<Int>) -> ByteBuffer {
        octets.getSlice(at: range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
