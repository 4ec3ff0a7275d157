/// Why a capture can't be read, or not any further.
package enum CaptureFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It isn't there, may not be read, or is no capture; what libpcap says about it.
    case notACapture(String)
    /// It breaks off or goes on with something that isn't a packet, after so many packets.
    case damaged(afterPackets: Int, reason: String)
    /// The interfaces of a pcapng file differ, which libpcap can't read.
    case interfaces(String)
    /// The packets come from a kind of network that isn't supported; the name libpcap has for it.
    case linkType(String)

    package var description: String {
        switch self {
        case .notACapture(let reason): "the capture can't be read: \(reason)"
        case .damaged(let packets, let reason): "the capture can't be read beyond packet \(packets): \(reason)"
        case .interfaces(let reason):
            """
            libpcap reads pcapng files only if their interfaces are alike: \(reason). If only their snapshot lengths \
            differ, "editcap -F pcap IN OUT" makes a file that can be read
            """
        case .linkType(let name):
            "the capture holds packets of link type \(name); supported are Ethernet, raw IP, Linux cooked and loopback"
        }
    }
}
