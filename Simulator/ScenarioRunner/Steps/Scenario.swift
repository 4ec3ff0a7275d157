/// An acceptance scenario, read and checked.
package struct Scenario: Sendable {
    package let name: String
    /// In order; repetitions are written out.
    package let steps: [ScenarioStep]

    /// True if something is to be injected into the store.
    package var needsStore: Bool {
        steps.contains { if case .inject = $0.action { true } else { false } }
    }
}
