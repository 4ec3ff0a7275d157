/// What can be fuzzed. Each target takes any octets, and ends the program when something happens that must not.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Streams of octets as they come from a socket, cut anywhere.
    case apdu
    /// ASDUs, of arbitrary octets and of the right length for a type.
    case asdu
    /// One end of a link against a peer that does anything.
    case link
    /// Two ends of links with a line between that delays and breaks.
    case pair
    /// A station, its points and what controlling stations ask of it.
    case station
    /// Commands: selections and executions of several connections, the store, the process, and time.
    case commands
    /// JSON texts.
    case json
    /// Documents of data points, as JSON and as fields, and what they become on the wire.
    case point
    /// The connector's configuration.
    case configuration
    /// The mapping, and a station that serves it.
    case mapping
    /// Replies of the store.
    case resp
    /// Capture files.
    case capture
    /// Packets of a capture.
    case packets
    /// Segments of a TCP connection of a capture.
    case reassembly
    /// What one end of a recorded connection has sent, cut anywhere.
    case splitter

    /// Runs one input.
    package func run(_ octets: UnsafeRawBufferPointer) {
        switch self {
        case .apdu: fuzzAPDU(octets)
        case .asdu: fuzzASDU(octets)
        case .link: fuzzLink(octets)
        case .pair: fuzzPair(octets)
        case .station: fuzzStation(octets)
        case .commands: fuzzCommands(octets)
        case .json: fuzzJSON(octets)
        case .point: fuzzPoint(octets)
        case .configuration: fuzzConfiguration(octets)
        case .mapping: fuzzMapping(octets)
        case .resp: fuzzRESP(octets)
        case .capture: fuzzCapture(octets)
        case .packets: fuzzPackets(octets)
        case .reassembly: fuzzReassembly(octets)
        case .splitter: fuzzSplitter(octets)
        }
    }
}
