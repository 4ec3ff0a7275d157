import Testing

@testable import ScenarioRunner

/// What a scenario file may say, and what is said of one that can't be used.
@Suite("Scenario files")
struct ReadingTests {
    private func read(_ steps: String, settings: [String: String] = [:]) throws(ScenarioFaults) -> Scenario {
        let head = "version: 1\nvariables: { ca: 1, time: 5 s }\nsteps:\n- connect\n"
        return try ScenarioReader.read(head + steps, file: "f", settings: settings)
    }

    /// The faults of a file, a line each; steps begin in line 5.
    private func faults(_ steps: String, settings: [String: String] = [:]) -> [String] {
        do {
            _ = try read(steps, settings: settings)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test(
        "a fault is told with its place and the nearest word",
        arguments: [
            ("- interogate: 1", #"f:5:3: unknown step "interogate"; did you mean "interrogate"?"#),
            ("- expect: { cose: 3 }", #"f:5:13: unknown key "cose" in expect; did you mean "cause"?"#),
            (
                "- expect: closed\n  withing: 3 s",
                #"f:6:3: unknown key "withing" in expect; did you mean "within"?"#
            ),
            ("- expect: { type: M_SP_TB_2 }", #"f:5:19: unknown type "M_SP_TB_2"; did you mean "M_SP_TB_1"?"#),
            ("- expect: { cause: spontanous }", #"f:5:20: unknown cause "spontanous"; did you mean "spontaneous"?"#),
            ("- expect: testfr akt", #"f:5:11: expect: unknown frame "testfr akt"; did you mean "testfr act"?"#),
            ("- interrogate: ${cb}", #"f:5:16: unknown variable "cb"; did you mean "ca"?"#),
            ("- startdt:\n  connection: mian", #"before any connect of the connection "mian"; did you mean "main"?"#),
            ("- wait: soon", #"f:5:9: wait is "soon", but a time such as 5 s, 500 ms or 2 min is expected"#),
            ("- raw: 68 0", "f:5:8: raw is \"68 0\", but 1...4096 octets in hexadecimal"),
            ("- command: { type: 30, ca: 1, ioa: 1, value: on }", "f:5:20: a type of command is expected"),
            ("- command: { type: 45, ca: 1, ioa: 1, value: 7 }", "f:5:46: \"7\" is no value for C_SC_NA_1 (45)"),
            ("- expect silence: i frame", #"f:5:3: "for" is missing"#),
            ("- send: { type: M_SP_NA_1, ca: 1 }", "can be sent by its octets only"),
            ("- acknowledge: maybe", #"f:5:16: acknowledge can't be "maybe"; known: on, off"#),
            ("- repeat: 2\n  steps: [{ repeat: 2, steps: [startdt] }]", "repeat inside of repeat"),
            (
                "- repeat: 1000\n  steps: [startdt, startdt, startdt, startdt, startdt, startdt, startdt, startdt, startdt, startdt]",
                "more than 10000 steps"
            ),
            ("- expect", #"f:5:3: expect: unknown frame """#),
            ("- startdt: now", "f:5:12: startdt is given nothing"),
            ("- connect: { to: h }", "f:5:12: connect must be a single value"),
            ("- disconnect: [1]", "f:5:15: disconnect must be a single value"),
            ("- expect: {\n", "f:6:1: "),
            ("- { wait: 1, wait: 2 }", "given more than once: wait"),
        ])
    func fault(steps: String, expected: String) {
        let faults = faults(steps)
        #expect(faults.count == 1)
        #expect(faults.first?.contains(expected) == true, "\(faults)")
    }

    @Test("every step with a fault is told, not only the first")
    func allFaults() {
        #expect(faults("- x\n- startdt\n- wait: y").map { $0.prefix(5) } == ["f:5:3", "f:7:9"].map { $0.prefix(5) })
    }

    @Test(
        "a file that is no scenario is told so",
        arguments: [
            ("", "f:1:1: the file is empty"), ("version: 2\nsteps: [connect]", "f:1:10: version is \"2\""),
            ("steps: [connect]", "f:1:1: \"version\" is missing"), ("version: 1", "\"steps\" is missing"),
            ("version: 1\nsteps: []", "f:2:8: there are no steps"), ("[1]", "a scenario must be a mapping"),
        ])
    func noScenario(yaml: String, expected: String) throws {
        let error = #expect(throws: ScenarioFaults.self) { try ScenarioReader.read(yaml, file: "f") }
        #expect(error?.description.contains(expected) == true, "\(error as Any)")
    }

    @Test("variables are filled in, and set from outside")
    func variables() throws {
        #expect(try read("- interrogate: ${ca}").steps.last?.title == "interrogation of CA 1")
        #expect(try read("- interrogate: ${ca}", settings: ["ca": "7"]).steps.last?.title == "interrogation of CA 7")
        #expect(try read("- wait: ${time}").steps.last?.title == "wait 5 s")
        #expect(faults("- startdt", settings: ["cc": "1"]) == [#"f:2:12: no variable "cc" to set; did you mean "ca"?"#])
    }

    @Test("a repetition is written out, with its round as a variable")
    func repetition() throws {
        let steps = try read("- repeat: 3\n  as: n\n  steps:\n  - interrogate: ${n}").steps.dropFirst()
        #expect(steps.map(\.title) == (1...3).map { "interrogation of CA \($0)" })
        #expect(steps.map(\.round) == [1, 2, 3])
        #expect(steps.map(\.line) == [8, 8, 8])
    }

    @Test(
        "lengths of time",
        arguments: [
            ("5", 5000), ("5 s", 5000), ("0.25 s", 250), ("500ms", 500), ("2 min", 120_000),
        ])
    func timeSpan(text: String, milliseconds: Int) throws {
        #expect(TimeSpan.duration(text) == .milliseconds(milliseconds))
    }

    @Test("no lengths of time", arguments: ["", "s", "-1 s", "1 h", "1e9 s", "100000000 s", "1.2.3 s"])
    func noTimeSpan(text: String) {
        #expect(TimeSpan.duration(text) == nil)
    }

    @Test("documents for the store are JSON, whatever the texts are")
    func documents() throws {
        let injections = try read(
            """
            - inject: { ca: 1, ioa: 2, type: M_ME_TF_1, value: -2.5, quality: [IV], cause: 5 }
            - inject: { ca: 1, ioa: 2, value: 'a"b' }
            - inject: { ca: 1, ioa: 2, value: true }
            - inject: { ca: 1, ioa: 2 }
              values: 1...3
            """
        ).steps.compactMap { if case .inject(let injection) = $0.action { injection } else { nil } }
        #expect(
            injections.map(\.documents) == [
                [#"{"casdu":1,"ioa":2,"type":36,"value":-2.5,"quality":["IV"],"cot":5}"#],
                [#"{"casdu":1,"ioa":2,"value":"a\"b"}"#], [#"{"casdu":1,"ioa":2,"value":true}"#],
                (1...3).map { #"{"casdu":1,"ioa":2,"value":\#($0)}"# },
            ])
    }
}
