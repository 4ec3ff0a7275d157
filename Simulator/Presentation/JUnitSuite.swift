/// Test cases as JUnit XML, which common CI servers read.
package struct JUnitSuite {
    /// What became of a case.
    package enum Outcome: Hashable, Sendable {
        case passed
        /// It failed: why, in a line and in detail; `type` names the kind of failure, if there are several.
        case failed(String, details: [String], type: String? = nil)
        /// It wasn't run, or not to a verdict.
        case skipped(String)
        /// It couldn't be run to its end.
        case error(String)
    }

    private let name: String
    private let className: String
    private let attributes: [(name: String, value: String)]
    private var cases: [String] = []
    private var (failures, errors, skips) = (0, 0, 0)

    /// - Parameters:
    ///   - name: what the cases are about.
    ///   - className: what groups the cases in a CI server's view.
    ///   - attributes: more of the suite: `time`, `timestamp`, `hostname`.
    package init(name: String, className: String, attributes: [(name: String, value: String)] = []) {
        (self.name, self.className, self.attributes) = (name, className, attributes)
    }

    /// Adds a case.
    ///
    /// - Parameter seconds: how long it took.
    package mutating func add(_ title: String, _ outcome: Outcome = .passed, seconds: String? = nil) {
        let time = seconds.map { [("time", $0)] } ?? []
        let head = "<testcase" + Self.text([("classname", className), ("name", title)] + time)
        switch outcome {
        case .passed: return cases.append(head + "/>")
        case .failed(let message, let details, let type):
            failures += 1
            let attributes = (type.map { [("type", $0)] } ?? []) + [("message", message)]
            let body = Markup.escaped(details.joined(separator: "\n"))
            cases.append("\(head)><failure\(Self.text(attributes))>\(body)</failure></testcase>")
        case .skipped(let reason):
            skips += 1
            cases.append("\(head)><skipped\(Self.text([("message", reason)]))/></testcase>")
        case .error(let message):
            errors += 1
            cases.append("\(head)><error\(Self.text([("message", message)]))/></testcase>")
        }
    }

    /// The document with this suite only.
    package var text: String { Self.document([self]) }

    /// A document with several suites. The schemas of CI servers know no count of skipped cases there, only in each suite.
    package static func document(_ suites: [JUnitSuite], attributes: [(name: String, value: String)] = []) -> String {
        let counts = [
            ("tests", suites.reduce(0) { $0 + $1.cases.count }), ("failures", suites.reduce(0) { $0 + $1.failures }),
            ("errors", suites.reduce(0) { $0 + $1.errors }),
        ]
        let head = text(counts.map { ($0.0, String($0.1)) } + attributes)
        return
            (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites\(head)>"] + suites.flatMap(\.lines)
            + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private var lines: [String] {
        let counts = [("tests", cases.count), ("failures", failures), ("errors", errors), ("skipped", skips)]
        let head = Self.text([("name", name)] + counts.map { ($0.0, String($0.1)) } + attributes)
        return ["<testsuite\(head)>"] + cases + ["</testsuite>"]
    }

    private static func text(_ attributes: [(name: String, value: String)]) -> String {
        attributes.map { " \($0.name)=\"\(Markup.escaped($0.value))\"" }.joined()
    }
}
