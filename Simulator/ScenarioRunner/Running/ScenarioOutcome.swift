/// How a scenario ended.
package enum ScenarioOutcome: Hashable, Sendable {
    case passed
    /// The step in this line of the file failed; those after it weren't tried.
    case failed(line: Int)
}
