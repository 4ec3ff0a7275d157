/// A text that isn't JSON, and where.
package struct JSONFault: Error, Hashable, Sendable {
    /// Octets from the beginning.
    package let offset: Int
    /// What was expected or found.
    package let message: String
}

/// A place in a text as editors count it.
package struct TextPosition: Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// From 1, in octets.
    package let column: Int

    /// The place of an offset, given where each line starts.
    init(offset: Int, lineStarts: [Int]) {
        var (low, high) = (0, lineStarts.count)
        while low < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        line = max(1, low)
        column = offset - (low > 0 ? lineStarts[low - 1] : 0) + 1
    }

    /// The offsets at which the lines of a text start.
    static func lineStarts(in text: UnsafeRawBufferPointer) -> [Int] {
        [0] + text.indices.lazy.filter { text[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    package var description: String { "\(line):\(column)" }
}
