import Glibc
import TestBench

/// A TCP socket with nothing between it and the system, so that a measurement is of the station and not of the bench.
final class Socket: Sendable {
    let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    private static func make() throws -> Socket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw failure("socket") }
        return Socket(descriptor)
    }

    /// Connects; the system's error is thrown if nobody listens.
    static func connect(to host: String, port: Int) throws -> Socket {
        let socket = try make()
        guard try withAddress(host, port, { Glibc.connect(socket.descriptor, $0, $1) }) == 0 else {
            throw failure("connect to \(host):\(port)")
        }
        socket.set(Int32(IPPROTO_TCP), TCP_NODELAY)
        return socket
    }

    static func listen(on host: String, port: Int) throws -> Socket {
        let socket = try make()
        socket.set(SOL_SOCKET, SO_REUSEADDR)
        guard try withAddress(host, port, { bind(socket.descriptor, $0, $1) }) == 0,
            Glibc.listen(socket.descriptor, 256) == 0
        else { throw failure("listen on \(host):\(port)") }
        return socket
    }

    func accept() throws -> Socket {
        let descriptor = Glibc.accept(descriptor, nil, nil)
        guard descriptor >= 0 else { throw Self.failure("accept") }
        let socket = Socket(descriptor)
        // What the connector sets on its connections.
        socket.set(Int32(IPPROTO_TCP), TCP_NODELAY)
        socket.set(SOL_SOCKET, SO_KEEPALIVE)
        return socket
    }

    /// Hands all octets to the system, waiting for room if there is none.
    func send(_ octets: UnsafeRawBufferPointer) throws {
        var rest = octets
        while !rest.isEmpty {
            let count = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { throw Self.failure("send") }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    func send(_ octets: [UInt8]) throws {
        try octets.withUnsafeBytes { try send($0) }
    }

    /// Waits for octets and takes what there is; 0 when the other end has closed.
    func receive(into room: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = recv(descriptor, room.baseAddress, room.count, 0)
        guard count >= 0 else { throw Self.failure("receive") }
        return count
    }

    /// Closing from now on aborts the connection, so that thousands don't wait for their last segment.
    func abortsOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func set(_ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func withAddress(
        _ host: String, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw BenchError("no IPv4 address: \(host)") }
        return withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func failure(_ what: String) -> BenchError {
        BenchError("\(what): \(String(cString: strerror(errno)))")
    }
}
