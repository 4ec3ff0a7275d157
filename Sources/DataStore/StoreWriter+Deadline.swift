import NIOCore

extension StoreWriter {
    /// Appends by the server's own clock: a server that was stalled still reads what waits in its socket, however long
    /// ago it was sent and whether the connection still exists or not.
    private static let appendInTime = """
        local now = redis.call('TIME')
        if now[1] * 1000000 + now[2] > tonumber(ARGV[1]) then return false end
        redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'data', ARGV[3])
        return now[1] * 1000 + math.floor(now[2] / 1000)
        """

    /// Appends an entry with one field, `data`, before a deadline or never.
    ///
    /// - Returns: when the server took it, in milliseconds since 1970 by its own clock; nil if it is too late.
    /// - Throws: `StoreError`. Where the connection is lost after sending, the server may have the entry, but only if
    ///   it got it before the deadline.
    package func append(
        _ data: ByteBuffer, to stream: String, before deadline: NIODeadline, maximumLength: Int = 100_000
    ) async throws -> Int64? {
        guard deadline > .now() else { return nil }
        // Another connection may lead to another server, with another clock.
        let connection = try connection
        let reply = try await connection.send(["TIME"])
        let time = reply.elements?.compactMap { $0.string.flatMap { Int64($0) } }
        guard let time, time.count == 2 else { throw StoreError.unexpectedReply("TIME") }
        // Measured after the reply: the server may only think that it has less time than there is.
        let left = (deadline - .now()).nanoseconds / 1000
        guard left > 0 else { return nil }
        var command: RedisCommand = [
            "EVAL", Self.appendInTime, "1", stream, String(time[0] * 1_000_000 + time[1] + left), String(maximumLength),
        ]
        command.append(data)
        switch try await connection.send(command) {
        case .null: return nil
        case .integer(let milliseconds): return milliseconds
        default: throw StoreError.unexpectedReply("EVAL")
        }
    }
}
