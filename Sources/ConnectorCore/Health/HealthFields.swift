import IEC104Station
import NIOCore

/// The fields of the hash `connectors:{ID}:health`, in the order they are shown.
struct HealthFields {
    let fields: [(name: String, value: String)]

    init(_ report: ConnectorHealth.Report, _ station: StationSnapshot, _ reports: ReportCounts, now: Int64) {
        var fields: [(String, String)] = [
            ("state", report.state.rawValue),
            ("version", ConnectorVersion.current),
            ("message", report.message),
            ("since", ISO8601.text(report.since)),
            ("updated", ISO8601.text(now)),
            ("host", report.network.host),
            ("port", String(report.network.port)),
            ("clients", String(station.clients.count)),
            ("points", String(station.points)),
        ]
        fields += Self.counters(report, station, reports).map { ($0.name, String($0.value)) }
        fields.append(("connections", Self.connections(station, now: now)))
        self.fields = fields
    }

    /// The names of the fields, in the order they are shown.
    static let names = HealthFields(ConnectorHealth.Report(), StationSnapshot(), ReportCounts(), now: 0).fields.map(
        \.name)

    /// Everything that only grows, with what it counts.
    static func counters(
        _ report: ConnectorHealth.Report, _ station: StationSnapshot, _ reports: ReportCounts
    ) -> [(name: String, value: UInt64, help: String)] {
        let counters = station.counters
        return [
            ("entries", report.entries, "Entries read from the input stream"),
            (
                "gaps", reports.byCode[.streamGap] ?? 0,
                "Times that entries of the input stream were lost before they were read"
            ),
            ("missing", report.missing, "Entries lost so, where their number is known"),
            ("events", counters.events, "Updates taken as events"),
            ("sent", counters.delivered, "Information objects sent, over all clients"),
            ("duplicates", counters.duplicates, "Updates that had arrived the other way already"),
            ("unmapped", counters.unmapped, "Updates of points that aren't served"),
            ("invalid", reports.byCode[.invalidPoint] ?? 0, "Data point documents that could not be used"),
            ("interrogations", counters.interrogations, "Interrogations answered to the end"),
            ("commands", counters.commands, "Selections, executions and cancellations answered"),
            ("commandsRefused", counters.commandsRefused, "Those of them that were refused or failed"),
            ("refusals", counters.refusals, "Requests refused"),
            ("malformed", counters.malformed, "ASDUs discarded because their octets make no sense"),
            ("overruns", counters.overruns, "Clients closed because they fell too far behind"),
            ("accepted", station.accepted, "Connections accepted"),
            ("refused", station.refused, "Connections refused beyond maxConnections"),
            ("reconnects", report.reconnects, "Connections to the store after the first"),
            ("suppressed", reports.suppressed, "Reports left out as repeats, or as too many of one kind"),
            ("dropped", reports.dropped, "Reports that the error stream never got as too many waited for the store"),
        ]
    }

    /// The connected clients as a JSON array.
    private static func connections(_ station: StationSnapshot, now: Int64) -> String {
        var text = JSONText()
        text.array(station.clients) { text, client in
            text.field("address", client.address)
            text.field("started", client.isStarted)
            text.field("unacknowledged", client.unacknowledged)
            text.field("behind", client.behind)
            text.field("since", ISO8601.text(now - client.connectedFor))
        }
        return String(buffer: text.octets)
    }
}
