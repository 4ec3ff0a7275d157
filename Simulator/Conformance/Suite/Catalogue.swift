/// All cases, in the order of the catalogue.
package enum Catalogue {
    /// The sections and their titles.
    package static let sections: [(prefix: String, title: String)] = [
        ("PHY", "TCP and connection handling"), ("LNK", "APCI"), ("DUI", "Data unit identifier and addressing"),
        ("MON", "Process information in monitor direction"), ("INI", "Station initialization"),
        ("GI", "Station interrogation"), ("CI", "Counter interrogation"), ("RD", "Read"),
        ("CS", "Clock synchronization"), ("TST", "Test"), ("RST", "Reset"), ("CMD", "Commands"),
        ("PAR", "Parameters"), ("FT", "File transfer"), ("RED", "Redundancy groups, several controlling stations"),
    ]

    /// Every case once.
    package static let cases: [ConformanceCase] = {
        let all = groups.flatMap { $0 }
        let byID = Dictionary(grouping: all, by: \.id).compactMapValues(\.first)
        let order = Dictionary(uniqueKeysWithValues: sections.enumerated().map { ($1.prefix, $0) })
        return byID.values.sorted { one, other in
            let (first, second) = (order[one.section] ?? 0, order[other.section] ?? 0)
            return first == second ? one.number < other.number : first < second
        }
    }()

    private static let byID = Dictionary(cases.map { ($0.id, $0) }) { first, _ in first }

    /// The case with this id; nil if there is none.
    package static func find(_ id: String) -> ConformanceCase? { byID[id] }

    /// The cases as they are written, in groups.
    package static let groups: [[ConformanceCase]] = [
        ConnectionCases.cases,
        StartStopCases.cases,
        TimerCases.cases,
        WindowCases.cases,
        SequenceCases.cases,
        FramingCases.cases,
        IdentifierCases.cases,
        AddressingCases.cases,
        MalformedASDUCases.cases,
        MonitoredTypeCases.cases,
        EventCases.cases,
        CyclicCases.cases,
        InitializationCases.cases,
        InterrogationCases.cases,
        InterrogationCourseCases.cases,
        CounterCases.cases,
        ReadCases.cases,
        ClockCases.cases,
        TestAndResetCases.cases,
        ParameterAndFileCases.cases,
        SeveralStationsCases.cases,
        SingleCommandCases.cases,
        CommandCourseCases.cases,
        ProcessCommandCases.cases,
        OtherCommandCases.cases,
    ]
}

extension ConformanceCase {
    /// The number in the id.
    var number: Int { Int(id.drop { $0 != "-" }.dropFirst()) ?? 0 }
}
