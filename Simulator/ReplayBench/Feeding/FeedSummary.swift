import Replay

/// What a feed has written so far.
package struct FeedSummary: Hashable, Sendable {
    /// Packets read.
    package var packets = 0
    /// Octets of the capture read.
    package var position: Int64 = 0
    /// Octets of the capture; nil if it isn't a plain file.
    package var size: Int64?
    /// Values written to image and stream.
    package var events = 0
    /// Interrogation answers written to the image.
    package var states = 0
    /// Interrogation answers that the image has something newer than.
    package var older = 0
    /// Information objects and APDUs that no data point can say, by reason.
    package var excluded: [Exclusion: Int] = [:]
    /// Why the capture wasn't read to its end; nil if it was.
    package var fault: CaptureFault?
    /// Places where the capture lacks octets.
    package var gaps = 0

    package init() {}

    mutating func count(_ item: MonitoredItem) {
        switch item {
        case .object: break
        case .excluded(let exclusion, _, let count): excluded[exclusion, default: 0] += count
        case .gap: gaps += 1
        }
    }

    /// Lines for people.
    package var lines: [String] {
        var lines = [
            "\(packets) packets: \(events) values written to image and stream, \(states) interrogation answers to the image"
        ]
        if older > 0 { lines.append("  not written: \(older) \(Exclusion.older.title)") }
        for (exclusion, count) in excluded.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append("  not written: \(count) \(exclusion.title)")
        }
        if gaps > 0 { lines.append("  the capture lacks octets in \(gaps) places") }
        if let fault { lines.append("  WRITTEN IN PART: \(fault)") }
        return lines
    }
}
