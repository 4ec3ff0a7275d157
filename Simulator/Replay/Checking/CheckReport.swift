/// What a check has found, for reports.
///
/// Of the findings of each rule, the first 1000 are kept; all are counted.
package struct CheckReport: Sendable {
    private static let limit = 1000

    /// The capture.
    package let file: String
    /// Packets read.
    package var packets = 0
    /// TCP connections, whatever they carry.
    package var connections = 0
    /// Connections that carry IEC 60870-5-104.
    package private(set) var streams = 0
    /// APDUs, those that are malformed too.
    package private(set) var apdus = 0
    /// Places where the capture lacks octets of a connection.
    package private(set) var gaps = 0
    /// Packets that make no sense.
    package var malformedPackets = 0
    /// Why the capture wasn't read to its end; nil if it was.
    package var fault: CaptureFault?
    /// The findings by rule.
    package private(set) var findings: [Rule: [Finding]] = [:]
    /// How many there are by rule.
    package private(set) var counts: [Rule: Int] = [:]

    package init(file: String) {
        self.file = file
    }

    /// All findings, those not kept too.
    package var total: Int { counts.values.reduce(0, +) }

    /// Counts an event.
    package mutating func count(_ event: TrafficEvent) {
        switch event.content {
        case .apdu, .malformed: apdus += 1
        case .finished: streams += 1
        case .missing: gaps += 1
        default: break
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

    /// One line for people.
    package var summary: String {
        let gapText = gaps == 0 ? "" : ", \(gaps) gaps in the capture"
        let packetText = malformedPackets == 0 ? "" : ", \(malformedPackets) malformed packets"
        return "\(packets) packets, \(apdus) APDUs in \(streams) connections\(gapText)\(packetText): "
            + (total == 0 ? "nothing found" : "\(total) findings")
    }
}
