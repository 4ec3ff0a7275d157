#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why nothing can be recorded, or not any longer.
package enum RecordingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// This user may not capture there.
    case notPermitted(interface: String, reason: String)
    /// There is no such interface; what there is.
    case noSuchInterface(String, existing: [String])
    /// The interface is there, but not up.
    case interfaceDown(String)
    /// The interface has a link type that the reader doesn't know.
    case linkType(interface: String, name: String)
    /// What is to be recorded makes no filter; what libpcap says about it.
    case filter(String, reason: String)
    /// The file can't be written.
    case output(String, reason: String)
    /// Anything else; what libpcap says about it.
    case failed(interface: String, reason: String)

    package var description: String {
        switch self {
        case .notPermitted(let interface, let reason):
            """
            no permission to capture on \(interface) (\(reason)). Either run it with sudo, or give the program the right \
            once: sudo setcap cap_net_raw=ep "\(Self.program)"
            """
        case .noSuchInterface(let name, let existing):
            "there is no interface \(name)"
                + (existing.isEmpty ? "" : "; there are \(existing.joined(separator: ", "))")
        case .interfaceDown(let name): "the interface \(name) is not up: sudo ip link set \(name) up"
        case .linkType(let interface, let name):
            "\(interface) has link type \(name); supported are Ethernet, raw IP, Linux cooked and loopback"
        case .filter(let text, let reason): "the filter \"\(text)\" can't be used: \(reason)"
        case .output(let path, let reason):
            "the output can't be written: " + (reason.contains(path) ? reason : "\(path): \(reason)")
        case .failed(let interface, let reason): "capturing on \(interface) failed: \(reason)"
        }
    }

    private static var program: String {
        realpath("/proc/self/exe", nil).map { path in
            defer { free(path) }
            return String(cString: path)
        } ?? CommandLine.arguments.first ?? "iec104-replay"
    }
}
