/// One step of a scenario.
package struct ScenarioStep: Sendable {
    /// Where the file says it, from 1.
    package let line: Int
    /// In which repetition, from 1; nil outside of one.
    package let round: Int?
    /// What is done, in words.
    package let title: String
    /// The connection it is done on, by name.
    package let connection: String
    let action: StepAction
}
