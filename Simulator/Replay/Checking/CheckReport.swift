/// What a check has found, for reports.
///
/// Of the findings of each rule, the first 1000 are kept; all are counted.
package struct CheckReport: Sendable {
    private static let limit = 1000

    /// What a station sends to the other.
    private struct Flow: Hashable {
        let stream: Int
        let direction: Direction
    }

    /// The capture.
    package let file: String
    /// Packets read.
    package private(set) var packets = 0
    /// TCP connections, whatever they carry.
    package private(set) var connections = 0
    /// Connections that carry IEC 60870-5-104.
    package private(set) var streams = 0
    /// APDUs, those that are malformed too.
    package private(set) var apdus = 0
    /// Places where the capture lacks octets of a connection.
    package private(set) var gaps = 0
    /// Where octets were acknowledged that haven't been captured yet.
    private var unseen: Set<Flow> = []
    /// Packets that the capture's snapshot length has cut.
    package private(set) var cutPackets = 0
    /// Why the capture wasn't read to its end; nil if it was.
    package private(set) var fault: CaptureFault?
    /// The findings by rule.
    package private(set) var findings: [Rule: [Finding]] = [:]
    /// How many there are by rule.
    package private(set) var counts: [Rule: Int] = [:]

    package init(file: String) {
        self.file = file
    }

    /// All findings, those not kept too.
    package var total: Int { counts.values.reduce(0, +) }

    /// What of the capture couldn't be judged, and what helps; nil if it is whole.
    package var incompleteness: String? {
        var parts: [String] = []
        if gaps > 0 { parts.append("it lacks octets in \(gaps) places: what surrounds them isn't judged") }
        if cutPackets > 0 {
            parts.append("\(cutPackets) packets are cut by its snapshot length: record with a larger one")
        }
        if let fault { parts.append("\(fault)") }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// Why the capture wasn't judged, or not to its end; nil if it was.
    package var error: String? {
        if let fault { return "\(fault)" }
        return apdus == 0 && total == 0 ? "nothing to judge: no APDU" : nil
    }

    /// The capture can't be read at all.
    package mutating func note(_ fault: CaptureFault) {
        self.fault = fault
    }

    /// Takes from the reading of the capture how far it has come.
    package mutating func note(_ feed: borrowing CaptureFeed) {
        (packets, connections, cutPackets, fault) = (feed.packets, feed.connections, feed.cutPackets, feed.fault)
    }

    /// Counts an event.
    package mutating func count(_ event: TrafficEvent) {
        let flow = Flow(stream: event.stream.index, direction: event.direction)
        switch event.content {
        case .apdu, .malformed:
            apdus += 1
            unseen.remove(flow)
        case .missing:
            gaps += 1
            unseen.remove(flow)
        case .unseen: unseen.insert(flow)
        case .late: gaps += 1
        case .finished:
            streams += 1
            for direction in Direction.allCases
            where unseen.remove(Flow(stream: flow.stream, direction: direction)) != nil { gaps += 1 }
        case .skipped, .ended: break
        }
    }

    /// Adds findings.
    package mutating func add(_ found: [Finding]) {
        for finding in found {
            counts[finding.rule, default: 0] += 1
            if findings[finding.rule, default: []].count < Self.limit {
                findings[finding.rule, default: []].append(finding)
            }
        }
    }

    /// For people: what can't be judged, if anything, and at last what was found.
    package var summary: [String] {
        let verdict = apdus == 0 ? "nothing to judge" : total == 0 ? "nothing found" : "\(total) findings"
        return (incompleteness.map { ["  JUDGED IN PART, because of the capture: \($0)"] } ?? [])
            + ["\(packets) packets, \(apdus) APDUs in \(streams) connections: \(verdict)"]
    }
}
