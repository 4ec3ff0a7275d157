import NIOCore
import Testing

@testable import ConnectorCore

@Suite("Health as people and programs read it")
struct HealthViewTests {
    private let fields: [(name: String, value: String)] = [
        ("points", "120"), ("version", "0.1.0"), ("state", "Running"), ("message", ""), ("zz", "new"), ("port", "2404"),
        (
            "connections",
            #"[{"address":"10.0.0.9:5","started":true,"unacknowledged":2,"behind":3,"since":"S"},{"address":"b","started":false}]"#
        ),
    ]

    @Test("a table has a line for each field that says something, then one for each client")
    func table() {
        #expect(
            HealthView(id: "a", fields: fields).table == """
                id       a
                state    Running
                version  0.1.0
                port     2404
                points   120
                zz       new
                client  10.0.0.9:5  started  2 unacknowledged  3 behind  since S
                client  b  stopped  ? unacknowledged  ? behind  since ?
                """)
    }

    @Test("the object has numbers as numbers, clients as an array, and the id")
    func json() throws {
        let text = HealthView(id: "a", fields: fields).json
        #expect(
            text
                == #"{"id":"a","state":"Running","version":"0.1.0","message":"","port":2404,"points":120,"#
                + #""connections":[{"address":"10.0.0.9:5","started":true,"unacknowledged":2,"behind":3,"since":"S"},"#
                + #"{"address":"b","started":false}],"zz":"new"}"#)
        _ = try JSONValue(document(text))
    }

    @Test(
        "only Running counts as running",
        arguments: [
            ("Running", true), ("Starting", false), ("Error", false), ("Stopped", false), ("running", false),
            ("", false),
        ])
    func running(state: String, expected: Bool) {
        #expect(HealthView(id: "a", fields: [("state", state)]).isRunning == expected)
    }

    @Test("without a hash it is said that there is none")
    func absent() {
        let view = HealthView(id: "a", fields: [])
        #expect(!view.isRunning)
        #expect(view.table == "connector a: no health in the store: it isn't running, or was never started")
        #expect(view.json == #"{"id":"a","state":"unknown"}"#)
        #expect(view["state"] == nil)
    }

    @Test(
        "clients that can't be read are left out, and don't spoil the object", arguments: ["", "x", "{}", "[1,\"a\"]"])
    func broken(text: String) throws {
        let view = HealthView(id: "a", fields: [("state", "Running"), ("connections", text)])
        #expect(view.table.hasPrefix("id     a\nstate  Running"))
        _ = try JSONValue(document(view.json))
    }
}
