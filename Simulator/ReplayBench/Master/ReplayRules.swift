import IEC104Model

/// What a comparison doesn't look at. The raw value is the rule's name on the command line.
package enum IgnoreRule: String, Hashable, Sendable, CaseIterable {
    case timeTags = "time-tags"
    case order
    case values
    case quality
    case additional

    /// What is left out.
    package var title: String {
        switch self {
        case .timeTags: "time tags of values"
        case .order: "the order of points within an interrogation"
        case .values: "values"
        case .quality: "quality descriptors"
        case .additional: "answers that the recording doesn't have, such as further points"
        }
    }
}

/// How a recorded request is taken.
enum RequestClass {
    /// Asks, and changes nothing: interrogations, read, test.
    case harmless
    /// Changes something in the process or the station.
    case command
    /// Can't be replayed by itself: files.
    case unsupported

    /// - Parameter element: what the request says.
    init(_ element: InformationElement) {
        switch (element, element.typeIdentification.rawValue) {
        // Freezing and resetting counters changes them.
        case (.C_CI_NA_1(let counters), _): self = counters.qualifier.rawValue & 0xC0 == 0 ? .harmless : .command
        case (_, 100), (_, 102), (_, 104), (_, 107): self = .harmless
        case (_, 120...127): self = .unsupported
        default: self = .command
        }
    }
}

extension TypeIdentification {
    /// True for the types in control direction whose information object ends in a CP56Time2a.
    var endsInTimeTag: Bool { (58...64).contains(rawValue) || rawValue == 103 || rawValue == 107 }
}
