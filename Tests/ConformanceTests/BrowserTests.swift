import Conformance
import Foundation
import TestBench
import Testing

/// The page of a report in a real browser: what its filters show.
@Suite("The HTML page in a browser", .enabled(if: Browser.path != nil, "no headless Chromium is installed"))
struct BrowserTests {
    /// What somebody does with the page, and the cases that are shown then.
    private struct Step: Decodable, Equatable {
        let name: String
        let shown: [String]
        let count: String
        let open: [String]
    }

    /// Works the controls as a user does, and notes what is shown after each step.
    private static let script = """
        const steps=[];
        function note(name){const seen=[...document.querySelectorAll('details.case')].filter(c=>c.offsetParent!==null);
        steps.push({name,shown:seen.map(c=>c.querySelector('b').textContent),
        count:document.getElementById('shown').textContent,
        open:seen.filter(c=>c.open).map(c=>c.querySelector('b').textContent)});}
        function type(words){const field=document.getElementById('text');field.value=words;
        field.dispatchEvent(new Event('input'));}
        function choose(part){const list=document.getElementById('section');list.value=part;
        list.dispatchEvent(new Event('change'));}
        function click(word){document.querySelector(`.filters input[value=${word}]`).click();}
        note('opened');
        click('pass');note('without passed');
        click('fail');note('without failed');
        click('skip');note('none');
        click('pass');click('fail');click('skip');
        choose('GI');note('section');
        choose('');type('stopdt ACT');note('words in frames');
        type('no such words');note('no words');
        type('');document.getElementById('open').click();note('all open');
        document.getElementById('open').click();note('all shut');
        const result=document.createElement('pre');result.id='result';
        result.textContent=JSON.stringify(steps);document.body.append(result);
        """

    private func steps(_ page: String) async throws -> [String: Step] {
        let folder = try TemporaryFolder("browser")
        let file = URL(fileURLWithPath: "\(folder.path)/report.html")
        let driven = page.replacing("</body>", with: "<script>\(Self.script)</script></body>")
        try Data(driven.utf8).write(to: file)
        let process = try ChildProcess(
            try #require(Browser.path),
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(folder.path)/profile", "--dump-dom", file.absoluteString,
            ])
        let status = try await process.waitForExit(within: .seconds(120))
        #expect(status.code == 0, "\(process.tail())")
        let text = process.lines.filter { $0.source == .standardOutput }.map(\.text).joined(separator: "\n")
        let match = try #require(text.firstMatch(of: /<pre id="result">(.*)<\/pre>/), "\(process.tail())")
        let steps = try JSONDecoder().decode([Step].self, from: Data(match.output.1.utf8))
        return Dictionary(uniqueKeysWithValues: steps.map { ($0.name, $0) })
    }

    @Test("verdicts, sections and words choose the cases that are shown, and a button opens them")
    func filters() async throws {
        let station = try await FaultyStation.start(.leavesOutAPoint)
        let target = try await Sounding.sound(station.target)
        let pattern = try #require(CasePattern("LNK-01,LNK-05,LNK-07,INI-01,GI-01,GI-02"))
        let report = await RunReport.make(target) {
            await SuiteRunner(target).run(Catalogue.cases.filter { pattern.matches($0.id) })
        }
        await station.end()
        let steps = try await steps(HTMLReport.text(report))
        let all = ["LNK-01", "LNK-05", "LNK-07", "INI-01", "GI-01", "GI-02"]
        #expect(steps["opened"] == Step(name: "opened", shown: all, count: "6 of 6 cases", open: ["GI-02"]))
        #expect(steps["without passed"]?.shown == ["LNK-05", "INI-01", "GI-02"])
        #expect(steps["without failed"]?.shown == ["LNK-05", "INI-01"])
        #expect(steps["none"]?.shown == [] && steps["none"]?.count == "0 of 6 cases")
        #expect(steps["section"]?.shown == ["GI-01", "GI-02"])
        #expect(steps["words in frames"]?.shown == ["LNK-07"])
        #expect(steps["no words"]?.shown == [])
        #expect(steps["all open"]?.open == all && steps["all shut"]?.open == [])
    }
}

/// A browser without a screen.
private enum Browser {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}
