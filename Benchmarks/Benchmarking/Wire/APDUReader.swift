import Glibc
import TestBench

/// Takes octets from a socket and cuts them into APDUs where they lie.
final class APDUReader {
    private let room: UnsafeMutableRawBufferPointer
    private var filled = 0

    /// - Parameter size: of the memory for what is taken at once; larger than any APDU.
    init(size: Int) {
        room = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
    }

    deinit {
        room.deallocate()
    }

    /// Waits for octets, and calls `body` with each APDU that is complete.
    ///
    /// - Returns: false when the other end has closed.
    func read(from socket: Socket, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
        let count = try socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
        guard count > 0 else { return false }
        filled += count
        var start = 0
        while filled - start >= 6 {
            guard room[start] == 0x68 else { throw BenchError("no start octet") }
            let length = Int(room[start + 1]) + 2
            guard filled - start >= length else { break }
            try body(UnsafeRawBufferPointer(rebasing: room[start..<(start + length)]))
            start += length
        }
        filled -= start
        if filled > 0, start > 0, let base = room.baseAddress { memmove(base, base + start, filled) }
        return true
    }
}
