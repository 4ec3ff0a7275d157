/// All that is wrong with a scenario file; never empty.
package struct ScenarioFaults: Error, Hashable, Sendable, CustomStringConvertible {
    package let faults: [ScenarioFault]

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
