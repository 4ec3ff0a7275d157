import Synchronization
import TestBench

/// The least that anybody does who is fed by the store: waits for entries of a stream with `XREAD`, counts them,
/// and asks for the next. Whoever relays them can't be faster over the same sockets.
final class StreamRelay: Sendable {
    private struct State {
        var last = "$"
        var reply: [UInt8] = []
    }

    let socket: Socket
    private let state = Mutex(State())

    /// - Parameter host: of a server without a password.
    init(_ host: String) throws {
        socket = try Socket.connect(to: host, port: 6379)
    }

    /// Asks for what comes next.
    func ask() throws {
        let command = ["XREAD", "COUNT", "1000", "BLOCK", "0", "STREAMS", StoreTraffic.relayedStream]
        try socket.send(StoreFeed.encoded(command + [state.withLock(\.last)]))
    }

    /// Takes what has come.
    ///
    /// - Returns: how many entries that are; none until a reply is there as a whole.
    func take() throws -> Int {
        let reply = try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
            let count = try socket.receive(into: room)
            guard count > 0 else { throw BenchError("the store has closed the connection") }
            return state.withLock { state in
                state.reply += room[..<count]
                return state.reply
            }
        }
        // Five lines, the last with the number of entries, then eight for each: `*2`, id, `*2`, name, document.
        let lines = reply.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > 4, let announced = Int(text(lines[4]).dropFirst()) else { return 0 }
        guard lines.count == 5 + announced * 8 + 1, lines.last?.isEmpty == true else { return 0 }
        state.withLock { state in
            state.last = text(lines[5 + (announced - 1) * 8 + 2])
            state.reply.removeAll(keepingCapacity: true)
        }
        return announced
    }

    private func text(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.dropLast(), as: UTF8.self)
    }
}
