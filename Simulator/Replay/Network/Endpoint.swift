/// One end of a TCP connection.
package struct Endpoint: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let port: UInt16

    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    package static func < (left: Endpoint, right: Endpoint) -> Bool {
        (left.address, left.port) < (right.address, right.port)
    }

    /// `192.0.2.1:2404` or `[2001:db8::1]:2404`.
    package var description: String {
        let address = address.description
        return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
