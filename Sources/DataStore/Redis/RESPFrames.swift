/// Finds where replies of RESP2 begin and end, ahead of the parser, and leaves out strings that are too long.
struct RESPFrames {
    /// Octets of a line (a status, an error, a number) at most.
    static let maximumLine = 65_536
    /// Arrays within arrays; the parser takes no more than seven.
    private static let maximumDepth = 8

    /// What is left of the string that is being read.
    private struct Payload {
        var remaining: Int
        var isKept: Bool
    }

    /// How many elements each open array still waits for.
    private var open: [Int] = []
    private var payload: Payload?
    private var kept = 0

    /// Reads up to the end of a reply, or of what there is.
    ///
    /// - Parameter forward: takes the octets that the parser shall see.
    /// - Returns: how many octets have been dealt with, and whether a reply has ended there.
    mutating func scan(
        _ octets: UnsafeRawBufferPointer, _ limit: ReplyLimit,
        forward: (UnsafeRawBufferPointer) throws(StoreError) -> Void
    ) throws(StoreError) -> (used: Int, isComplete: Bool) {
        var start = 0
        var cursor = 0
        func flush() throws(StoreError) {
            if start < cursor { try forward(UnsafeRawBufferPointer(rebasing: octets[start..<cursor])) }
            start = cursor
        }
        while cursor < octets.count {
            var isElementComplete = true
            if let current = payload {
                let length = min(current.remaining, octets.count - cursor)
                if !current.isKept { try flush() }
                cursor += length
                if !current.isKept { start = cursor }
                payload =
                    current.remaining > length
                    ? Payload(remaining: current.remaining - length, isKept: current.isKept) : nil
                isElementComplete = payload == nil
            } else {
                let line = UnsafeRawBufferPointer(rebasing: octets[cursor...])
                guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else {
                    guard line.count <= Self.maximumLine else { throw .unexpectedReply("a line without end") }
                    break
                }
                let begun = try begin(UnsafeRawBufferPointer(rebasing: line[...end]), limit)
                if let replacement = begun.replacement {
                    try flush()
                    let text = Array("-\(replacement.message)\r\n".utf8)
                    try text.withUnsafeBufferPointer { text throws(StoreError) in
                        try forward(UnsafeRawBufferPointer(text))
                    }
                    start = cursor + end + 1
                }
                cursor += end + 1
                isElementComplete = begun.isComplete
            }
            if isElementComplete, closeElement() {
                kept = 0
                try flush()
                return (cursor, true)
            }
        }
        try flush()
        return (cursor, false)
    }

    /// What the line that an element begins with tells.
    private mutating func begin(
        _ line: UnsafeRawBufferPointer, _ limit: ReplyLimit
    ) throws(StoreError) -> (isComplete: Bool, replacement: RedisError?) {
        switch line[0] {
        case UInt8(ascii: "*"):
            let count = try number(in: line)
            guard count > 0 else { return (true, nil) }
            guard open.count < Self.maximumDepth else { throw .unexpectedReply("arrays nested too deep") }
            open.append(count)
            return (false, nil)
        case UInt8(ascii: "$"):
            let count = try number(in: line)
            guard count >= 0 else { return (true, nil) }
            guard count < Int.max - 2 else { throw .unexpectedReply("a string of \(count) octets") }
            var replacement: RedisError?
            if count > limit.string {
                replacement = .tooLong(count)
            } else if count > ReplyLimit.short {
                if count > limit.total - kept { replacement = .noRoom(count) } else { kept += count }
            }
            payload = Payload(remaining: count + 2, isKept: replacement == nil)
            return (false, replacement)
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"):
            return (true, nil)
        case let other:
            throw .unexpectedReply("an answer that begins with octet \(other), which isn't the protocol of Redis")
        }
    }

    private func number(in line: UnsafeRawBufferPointer) throws(StoreError) -> Int {
        var index = 1
        let isNegative = line[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var number: Int?
        while UInt8(ascii: "0")...UInt8(ascii: "9") ~= line[index] {
            let (product, isProductTooLarge) = (number ?? 0).multipliedReportingOverflow(by: 10)
            let (sum, isSumTooLarge) = product.addingReportingOverflow(Int(line[index] - UInt8(ascii: "0")))
            guard !isProductTooLarge, !isSumTooLarge else { break }
            number = sum
            // The line ends with a line feed, which is no digit.
            index += 1
        }
        guard let number, line[index] == UInt8(ascii: "\r") || line[index] == UInt8(ascii: "\n") else {
            let text = line.dropFirst().prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }.prefix(32)
            throw .unexpectedReply("'\(String(decoding: text, as: UTF8.self))' where a length belongs")
        }
        return isNegative ? -number : number
    }

    /// True if a whole reply has ended with this element.
    private mutating func closeElement() -> Bool {
        while let remaining = open.popLast() {
            if remaining > 1 {
                open.append(remaining - 1)
                return false
            }
        }
        return true
    }
}
