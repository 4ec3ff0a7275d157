import Glibc
import TestBench

/// Writes to the store without waiting for replies, so that nothing but the server limits how fast.
final class StoreFeed: Sendable {
    private let socket: Socket

    /// - Parameter host: of a server without a password.
    init(_ host: String, port: Int = 6379) throws {
        socket = try Socket.connect(to: host, port: port)
        try send(command: ["CLIENT", "REPLY", "OFF"])
    }

    /// Sends commands that are encoded already.
    func send(_ octets: UnsafeRawBufferPointer) throws {
        try socket.send(octets)
    }

    func send(_ octets: [UInt8]) throws {
        try socket.send(octets)
    }

    func send(command: [String]) throws {
        try socket.send(Self.encoded(command))
    }

    /// Returns when the server has carried out all that was sent.
    func finish() throws {
        try send(command: ["CLIENT", "REPLY", "ON"])
        let expected = 5
        try withUnsafeTemporaryAllocation(byteCount: expected, alignment: 1) { room in
            var filled = 0
            while filled < expected {
                let count = try socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
                guard count > 0 else { throw BenchError("the store has closed the connection") }
                filled += count
            }
            guard room.elementsEqual("+OK\r\n".utf8) else {
                throw BenchError("the store answers \(String(decoding: room, as: UTF8.self))")
            }
        }
        try send(command: ["CLIENT", "REPLY", "OFF"])
    }

    static func encoded(_ command: [String]) -> [UInt8] {
        var text = "*\(command.count)\r\n"
        for argument in command { text += "$\(argument.utf8.count)\r\n\(argument)\r\n" }
        return Array(text.utf8)
    }
}
