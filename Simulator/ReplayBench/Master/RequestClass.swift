import IEC104Model

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
