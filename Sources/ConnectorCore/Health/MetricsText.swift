import IEC104Station

/// The figures of health as Prometheus text (exposition format 0.0.4).
struct MetricsText {
    private(set) var text = ""

    init(_ report: ConnectorHealth.Report, _ station: StationSnapshot, _ reports: ReportCounts, now: Int64) {
        add(
            "info", "gauge", "1, with the version and where it listens",
            [
                (
                    Self.labels([
                        ("version", ConnectorVersion.current), ("host", report.network.host),
                        ("port", "\(report.network.port)"),
                    ]), "1"
                )
            ])
        add(
            "state", "gauge", "1 for the state the connector is in",
            ConnectorState.allCases.map {
                (Self.labels([("state", $0.rawValue)]), $0 == report.state ? "1" : "0")
            })
        add(
            "state_since_seconds", "gauge", "When the state was entered, in seconds since 1970",
            [("", Self.seconds(report.since))])
        add("clients", "gauge", "Clients connected", [("", "\(station.clients.count)")])
        add("points", "gauge", "Points served", [("", "\(station.points)")])
        for counter in HealthFields.counters(report, station, reports) {
            add("\(counter.name)_total", "counter", counter.help, [("", "\(counter.value)")])
        }
        addClient("started", "1 if data transfer is started", station) { $0.isStarted ? "1" : "0" }
        addClient("unacknowledged", "I frames a client has not acknowledged", station) { "\($0.unacknowledged)" }
        addClient("behind", "Events that wait for a client", station) { "\($0.behind)" }
        addClient("since_seconds", "When a client connected, in seconds since 1970", station) {
            Self.seconds(now - $0.connectedFor)
        }
    }

    private mutating func add(
        _ name: String, _ kind: String, _ help: String, _ samples: [(labels: String, value: String)]
    ) {
        text += "# HELP iec104_\(name) \(help).\n# TYPE iec104_\(name) \(kind)\n"
        for sample in samples { text += "iec104_\(name)\(sample.labels) \(sample.value)\n" }
    }

    private mutating func addClient(
        _ name: String, _ help: String, _ station: StationSnapshot, _ value: (StationSnapshot.Client) -> String
    ) {
        add(
            "client_\(name)", "gauge", help,
            station.clients.map { (Self.labels([("client", $0.address)]), value($0)) })
    }

    private static func labels(_ labels: [(name: String, value: String)]) -> String {
        let shown = labels.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }
        return "{\(shown.joined(separator: ","))}"
    }

    /// - Parameter milliseconds: since 1970 UTC.
    private static func seconds(_ milliseconds: Int64) -> String {
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}
