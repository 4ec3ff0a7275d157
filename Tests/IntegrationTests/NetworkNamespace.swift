import Foundation
import TestBench

/// A network of its own for programs of a test: addresses and ports in it are nobody else's. It has loopback and
/// nothing more; files and UNIX sockets are the same as outside.
struct NetworkNamespace {
    /// Brings loopback up (SIOCSIFFLAGS: IFF_UP, IFF_RUNNING), then becomes the program.
    private static let enter = """
        import fcntl, os, socket, struct, sys
        fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 0x41))
        os.execv(sys.argv[1], sys.argv[1:])
        """

    /// The first program in it.
    let process: ChildProcess

    /// - Parameter executable: its path.
    init(_ executable: String, _ arguments: [String]) throws {
        process = try ChildProcess("/usr/bin/unshare", ["-rn", "python3", "-c", Self.enter, executable] + arguments)
    }

    /// Starts another program in the same network.
    func start(_ executable: String, _ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(
            "/usr/bin/nsenter", ["-t", "\(process.pid)", "-U", "-n", "--preserve-credentials", executable] + arguments)
    }

    /// False where the system doesn't let us: containers often don't.
    static func isAvailable() async -> Bool {
        let attempt = try? NetworkNamespace("/bin/true", [])
        return await attempt?.process.exited() == .exited(0)
    }
}
