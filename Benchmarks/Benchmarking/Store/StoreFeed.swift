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

    /// Asks for mapping and image keys as the connector does, 500 keys at a time, and looks at nothing that comes.
    static func readAll(from host: String, port: Int = 6379, points: Int) throws {
        let socket = try Socket.connect(to: host, port: port)
        try exchange(encoded(["GET", "connectors:bench:mapping"]), on: socket)
        for first in stride(from: 1, through: points, by: 500) {
            let keys = (first..<min(first + 500, points + 1)).map { "process:image:casdu:1:ioa:\($0)" }
            try exchange(encoded(["MGET"] + keys), on: socket)
        }
    }

    /// Sends a command and takes what comes, to the answer to PING, which is sent behind it.
    private static func exchange(_ command: [UInt8], on socket: Socket) throws {
        let end = "\r\n+PONG\r\n"
        try socket.send(command + encoded(["PING"]))
        try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
            var last: [UInt8] = []
            while !last.elementsEqual(end.utf8) {
                let count = try socket.receive(into: room)
                guard count > 0 else { throw BenchError("the store has closed the connection") }
                last = Array((last + room[..<count]).suffix(end.utf8.count))
            }
        }
    }

    static func encoded(_ command: [String]) -> [UInt8] {
        var text = "*\(command.count)\r\n"
        for argument in command { text += "$\(argument.utf8.count)\r\n\(argument)\r\n" }
        return Array(text.utf8)
    }
}
