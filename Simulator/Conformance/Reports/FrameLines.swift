import ControllingStation
import NIOCore

/// One line of the evidence, as reports show it.
package struct FrameLine: Sendable {
    /// Who did it.
    package enum Side: String, Sendable {
        case probe, station, note
    }

    /// Milliseconds since the case began.
    package let milliseconds: Int64
    /// "A", "B", ...; empty for notes.
    package let connection: String
    package let side: Side
    /// What it means.
    package let text: String
    /// In hexadecimal; empty for what isn't octets.
    package let octets: String
    /// What each information object means, if there are several.
    package let objects: [String]
}

/// The evidence of a case in lines.
package enum FrameLines {
    /// Lines at the beginning and at the end that are shown of a long log.
    private static let shown = 60

    /// All lines, without the middle of a long log.
    package static func lines(_ result: CaseResult) -> [FrameLine] {
        let entries = result.entries
        guard let start = entries.first?.time else { return [] }
        guard entries.count > 2 * shown else { return entries.map { line($0, start) } }
        let omitted = FrameLine(
            milliseconds: 0, connection: "", side: .note, text: "\(entries.count - 2 * shown) lines left out",
            octets: "", objects: [])
        return entries.prefix(shown).map { line($0, start) } + [omitted] + entries.suffix(shown).map { line($0, start) }
    }

    /// The last lines as text.
    package static func text(_ result: CaseResult, last count: Int) -> [String] {
        lines(result).suffix(count).map { line in
            let arrow = line.side == .probe ? "->" : line.side == .station ? "<-" : "  "
            return "\(Duration.milliseconds(line.milliseconds).secondsText) \(line.connection)\(arrow) \(line.text)"
        }
    }

    private static func line(_ entry: FrameLog.Entry, _ start: NIODeadline) -> FrameLine {
        let frame = frame(entry)
        let (side, text, octets): (FrameLine.Side, String, [UInt8]) =
            switch entry.event {
            case .connected(let local, let remote):
                (.probe, "connects from \(place(local)) to \(place(remote))", [])
            case .sent(let octets): (.probe, frame.map { FrameText.of($0) } ?? "", octets)
            case .received(let octets): (.station, frame.map { FrameText.of($0) } ?? "", octets)
            case .closedByStation: (.station, "closes the connection", [])
            case .sendingClosedByProbe: (.probe, "closes its direction of the connection", [])
            case .closedByProbe(let isReset): (.probe, isReset ? "resets the connection" : "closes the connection", [])
            case .note(let text): (.note, text, [])
            }
        return FrameLine(
            milliseconds: (entry.time - start).nanoseconds / 1_000_000, connection: entry.connection, side: side,
            text: text, octets: FrameText.octets(octets), objects: frame.map { FrameText.objects(of: $0) } ?? [])
    }

    private static func frame(_ entry: FrameLog.Entry) -> ProbeFrame? {
        switch entry.event {
        case .sent(let octets), .received(let octets): ProbeFrame(octets, at: entry.time)
        default: nil
        }
    }

    private static func place(_ address: SocketAddress?) -> String {
        guard let address, let host = address.ipAddress else { return "?" }
        return host.contains(":") ? "[\(host)]:\(address.port ?? 0)" : "\(host):\(address.port ?? 0)"
    }
}
