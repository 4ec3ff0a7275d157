import IEC104Link

/// The document `connectors:{ID}:config`. Every field may be left out; the values here are the defaults.
package struct ConnectorConfiguration: Hashable, Sendable {
    package struct Network: Hashable, Sendable {
        /// The address to listen on.
        package var host = "0.0.0.0"
        /// 2404...2420.
        package var port = 2404
        /// 1...100.
        package var maxConnections = 1
    }

    /// Where updates come from and reports go to.
    package struct Streams: Hashable, Sendable {
        package var input = "process:updates"
        package var output: String
        package var error: String
    }

    package struct Commands: Hashable, Sendable {
        /// Who confirms a command.
        package enum Confirmation: String, Hashable, Sendable, CaseIterable {
            /// The store: positive as soon as it holds the command.
            case store
            /// The process, by an entry on the input stream.
            case process
        }

        package var confirmation = Confirmation.store
        /// Seconds until a command without answer is refused.
        package var timeout = 10
        /// Seconds that a selection holds.
        package var selectTimeout = 10
        /// Seconds that the time tag of a command may differ from now.
        package var maxAge = 30
        /// False refuses every command.
        package var enabled = true
        /// Addresses and CIDR ranges that may command; empty for everybody.
        package var allow: [AddressRange] = []
    }

    package struct Interrogation: Hashable, Sendable {
        /// Answers carry time tags, against the standard.
        package var timeTags = false
    }

    package struct Events: Hashable, Sendable {
        /// Events a client may fall behind before it is closed.
        package var buffer = 100_000
    }

    package struct Time: Hashable, Sendable {
        /// IANA name of the zone that time tags are in.
        package var zone = "UTC"
        package var acceptClockSync = false
    }

    package var name = ""
    package var network = Network()
    /// t0 is of no use to a controlled station.
    package var link = LinkParameters()
    package var streams: Streams
    package var commands = Commands()
    package var interrogation = Interrogation()
    package var events = Events()
    package var time = Time()

    /// The defaults of a connector.
    package init(id: String) {
        streams = Streams(output: "connectors:\(id):output", error: "connectors:\(id):error")
    }
}
