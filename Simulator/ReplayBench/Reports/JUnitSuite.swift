import Presentation

/// Test cases as JUnit XML, which common CI servers read.
struct JUnitSuite {
    private let name: String
    private let className: String
    private var lines: [String] = []
    private var (tests, failures, skips) = (0, 0, 0)

    /// - Parameters:
    ///   - name: what the cases are about.
    ///   - className: what groups the cases in a CI server's view.
    init(name: String, className: String) {
        self.name = name
        self.className = className
    }

    /// Adds a case: passed unless `failure` says what failed, in a line and in detail.
    mutating func add(_ title: String, failure: (message: String, details: [String])?) {
        tests += 1
        guard let failure else { return lines.append("<testcase \(attributes(title))/>") }
        failures += 1
        let details = Markup.escaped(failure.details.joined(separator: "\n"))
        lines.append(
            "<testcase \(attributes(title))><failure message=\"\(Markup.escaped(failure.message))\">\(details)"
                + "</failure></testcase>")
    }

    /// Adds a case that wasn't run.
    mutating func add(_ title: String, skipped reason: String) {
        (tests, skips) = (tests + 1, skips + 1)
        lines.append(
            "<testcase \(attributes(title))><skipped message=\"\(Markup.escaped(reason))\"/></testcase>")
    }

    private func attributes(_ title: String) -> String {
        "classname=\"\(className)\" name=\"\(Markup.escaped(title))\""
    }

    /// The document.
    var text: String {
        let counts = "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skips)\""
        let head = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\">",
            "<testsuite name=\"\(Markup.escaped(name))\" \(counts)>",
        ]
        return (head + lines + ["</testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
    }
}
