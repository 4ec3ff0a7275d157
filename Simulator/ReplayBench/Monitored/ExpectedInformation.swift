import IEC104Model

/// What has to come out for a recorded value.
package struct ExpectedInformation: Hashable, Sendable {
    /// Value and quality; the time isn't looked at.
    package let value: ProcessValue
    package let quality: QualityDescriptor
    /// Nil where there is none, or none that could be compared.
    private let time: CP56Time2a?
    /// True if only the moment has to be that of `time`.
    private let isMomentOnly: Bool
    /// What of the recorded value isn't expected.
    package let concessions: [Concession]

    package init(_ recorded: ProcessInformation) {
        var concessions: [Concession] = []
        var (value, quality) = (recorded.value, recorded.quality)
        let known: QualityDescriptor = [.overflow, .blocked, .substituted, .notTopical, .invalid]
        if !known.isSuperset(of: quality) {
            quality.formIntersection(known)
            concessions.append(.reservedBits)
        }
        if case .shortFloat(let number) = value, !number.isFinite {
            value = .shortFloat(0)
            quality.insert(.invalid)
            concessions.append(.notANumber)
        }
        var time = recorded.time
        var isMomentOnly = false
        if let recordedTime = recorded.time {
            if let moment = recordedTime.millisecondsSince1970() {
                isMomentOnly = CP56Time2a(millisecondsSince1970: moment) != recordedTime
                if isMomentOnly { concessions.append(.timeMarks) }
            } else {
                time = nil
                concessions.append(.impossibleTime)
            }
        }
        (self.value, self.quality, self.time) = (value, quality, time)
        (self.isMomentOnly, self.concessions) = (isMomentOnly, concessions)
    }

    /// What is different in what has come out; nil if nothing is.
    package func difference(from received: ProcessInformation) -> DifferenceKind? {
        if received.value != value { return .value }
        if received.quality != quality { return .quality }
        guard let time else { return nil }
        guard let receivedTime = received.time else { return .time }
        let isEqual =
            isMomentOnly
            ? receivedTime.millisecondsSince1970() == time.millisecondsSince1970() : receivedTime == time
        return isEqual ? nil : .time
    }
}
