/// Where a station listens, as a user writes it: `HOST`, `HOST:PORT`, `[IPV6]:PORT` or an IPv6 address alone.
package struct HostAndPort: Hashable, Sendable, CustomStringConvertible {
    /// The port that IANA has given to IEC 60870-5-104.
    package static let defaultPort = 2404

    /// A name or an address.
    package let host: String
    /// 1...65535.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Nil if the text isn't such a place.
    ///
    /// - Parameter defaultPort: of a text without a port.
    package init?(_ text: String, defaultPort: Int = defaultPort) {
        var host = text[...]
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        self.host = String(host)
        guard let port else {
            self.port = defaultPort
            return
        }
        guard let number = Int(port), (1...65_535).contains(number), port.allSatisfy(\.isNumber) else { return nil }
        self.port = number
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
