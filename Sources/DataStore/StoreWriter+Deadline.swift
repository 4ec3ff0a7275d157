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

    /// What came of an entry with a deadline.
    package enum AppendOutcome: Hashable, Sendable {
        /// The server took it, at this time in milliseconds since 1970 by its own clock.
        case taken(at: Int64)
        /// It is too late: it will never be there.
        case tooLate
        /// The connection was lost after sending. The server takes it before the deadline, not before this time, or
        /// never.
        case unknown(notBefore: Int64, StoreError)
    }

    /// Appends an entry with one field, `data`, before a deadline or never.
    ///
    /// - Throws: `StoreError` if it was not sent, or was refused: it will never be there.
    package func append(
        _ data: ByteBuffer, to stream: String, before deadline: NIODeadline, maximumLength: Int = 100_000
    ) async throws -> AppendOutcome {
        guard deadline > .now() else { return .tooLate }
        // Another connection may lead to another server, with another clock.
        let connection = try connection
        let reply = try await connection.send(["TIME"])
        guard let now = Self.microseconds(reply) else { throw StoreError.unexpectedReply("TIME") }
        // Measured after the reply: the server may only think that it has less time than there is.
        let left = (deadline - .now()).nanoseconds / 1000
        guard left > 0 else { return .tooLate }
        var command: RedisCommand = ["EVAL", Self.appendInTime, "1", stream, String(now + left), String(maximumLength)]
        command.append(data)
        do {
            switch try await connection.send(command) {
            case .null: return .tooLate
            case .integer(let milliseconds): return .taken(at: milliseconds)
            default: throw StoreError.unexpectedReply("EVAL")
            }
        } catch let error as StoreError {
            switch error {
            case .refused, .overloaded: throw error
            default: return .unknown(notBefore: now / 1000, error)
            }
        }
    }

    /// The reply to TIME; nil for one that is no time, or lies beyond the year 9999.
    private static func microseconds(_ reply: RESPValue) -> Int64? {
        let parts = (reply.elements ?? []).compactMap { $0.string.flatMap { Int64($0) } }
        guard parts.count == 2, 0..<253_402_300_800 ~= parts[0], 0..<1_000_000 ~= parts[1] else { return nil }
        return parts[0] * 1_000_000 + parts[1]
    }
}
