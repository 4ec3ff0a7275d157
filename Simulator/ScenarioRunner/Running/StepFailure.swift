/// A step that didn't come out as it should.
struct StepFailure: Error, Sendable {
    /// What the scenario asked for.
    let expected: String
    /// What was seen instead, a line each.
    let came: [String]

    init(expected: String, came: [String]) {
        self.expected = expected
        self.came = came
    }

    init(expected: String, came: String) {
        self.init(expected: expected, came: [came])
    }
}
