/// Why a capture can't be read, or not any further.
package enum CaptureFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It isn't there, may not be read, or is no capture; what libpcap says about it.
    case notACapture(String)
    /// It breaks off or goes on with something that isn't a packet, after so many packets; `octet` is where in the file
    /// that begins, if it is a plain file.
    case damaged(afterPackets: Int, octet: Int64?, reason: String)
    /// The interfaces of a pcapng file differ, which libpcap can't read.
    case interfaces(String)
    /// The packets come from a kind of network that isn't supported; the name libpcap has for it.
    case linkType(String)
    /// The user has ended the reading, after so many packets.
    case interrupted(afterPackets: Int)

    package var description: String {
        switch self {
        case .notACapture(let reason): "the capture can't be read: \(reason)"
        case .damaged(let packets, let octet, let reason):
            """
            the capture can't be read beyond packet \(packets)\(octet.map { ", octet \($0) of the file" } ?? ""): \
            \(reason). It was cut off or damaged when it was recorded or copied: copy it again, or keep what can be read \
            with "editcap IN OUT"
            """
        case .interfaces(let reason):
            """
            libpcap reads pcapng files only if their interfaces are alike: \(reason). If only their snapshot lengths \
            differ, "editcap -F pcap IN OUT" makes a file that can be read
            """
        case .linkType(let name):
            "the capture holds packets of link type \(name); supported are Ethernet, raw IP, Linux cooked and loopback"
        case .interrupted(let packets): "ended by a signal after packet \(packets), before the end of the capture"
        }
    }
}
