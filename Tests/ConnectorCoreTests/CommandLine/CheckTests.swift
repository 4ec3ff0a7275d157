import Foundation
import TestBench
import Testing

@Suite("check")
struct CheckTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("core")
    }

    private func check(configuration: String? = nil, mapping: String? = nil) async throws -> ProgramRun {
        var arguments = ["check"]
        if let configuration { arguments += ["--config-json", try folder.write(configuration, to: "c.json")] }
        if let mapping { arguments += ["--mapping-json", try folder.write(mapping, to: "m.json")] }
        return try await connector(arguments)
    }

    /// Lines without the folder's path.
    private func lines(_ run: ProgramRun) -> [String] {
        run.output.map { $0.replacing("\(folder.path)/", with: "") }
    }

    @Test("valid documents end with 0, and it is said what they mean")
    func valid() async throws {
        let run = try await check(
            configuration: #"{ "network": { "port": 2410, "maxConnections": 2 } }"#,
            mapping: #"{ "points": [ { "casdu": 150, "ioa": 100, "type": 36 } ] }"#)
        #expect(run.code == 0)
        #expect(
            lines(run) == [
                "c.json: valid, listens on 0.0.0.0:2410, at most 2 clients",
                "m.json: valid, 1 point monitored, 0 commands, common address 150",
            ])
        #expect(run.errors.isEmpty)
    }

    @Test("either document can be checked alone")
    func alone() async throws {
        #expect(try await check(configuration: "{}").code == 0)
        #expect(try await check(mapping: #"{"points":[]}"#).code == 0)
        #expect(try await check(mapping: "{}").code == 1)
    }

    @Test("every fault of both documents is listed with file, line, column and path")
    func faulty() async throws {
        let run = try await check(
            configuration: """
                { "nmae": "x",
                  "network": { "port": 80, "maxConnections": 101 },
                  "protocol": { "t1": 5, "t2": 5, "k": 9, "w": 8 } }
                """,
            mapping: """
                { "points": [
                  { "casdu": 0, "ioa": 1, "type": 36, "groups": [17] },
                  { "casdu": 0, "ioa": 1, "type": "M_XX" } ] }
                """)
        #expect(run.code == 1)
        #expect(
            lines(run) == [
                "c.json:2:24: error: network.port: a whole number 2404...2420 is expected, not 80",
                "c.json:2:46: error: network.maxConnections: a whole number 1...100 is expected, not 101",
                "c.json:3:32: error: protocol.t2: t2 (5 s) must be below t1 (5 s): acknowledgements would come too late",
                "c.json:3:48: warning: protocol.w: w (8) should be at most two thirds of k (9)",
                "c.json:1:3: error: nmae: unknown field; did you mean \"name\"?",
                "m.json:2:14: warning: points[0].casdu: common address 0 is not used by the standard",
                "m.json:2:50: error: points[0].groups[0]: a group 1...16 is expected, not 17",
                "m.json:3:35: error: points[1].type: a type number or a standard name such as \"M_ME_TF_1\" is expected, "
                    + "not \"M_XX\"",
                "m.json:3:14: warning: points[1].casdu: common address 0 is not used by the standard",
                "m.json:3:3: error: points[1]: casdu 0, ioa 1 is points[0] already",
                "7 errors, 3 warnings",
            ])
    }

    @Test("warnings alone end with 0, and are shown")
    func warnings() async throws {
        let run = try await check(configuration: #"{"protocol":{"k":8}}"#)
        #expect(run.code == 0)
        #expect(
            lines(run) == [
                "c.json:1:13: warning: protocol.w: w (8) should be at most two thirds of k (8)",
                "c.json: valid, listens on 0.0.0.0:2404, at most 1 client", "0 errors, 1 warning",
            ])
    }

    @Test("what is no JSON, or empty, or not there at all, is a fault of that file")
    func unreadable() async throws {
        let run = try await check(configuration: "{\n \"name\": \"x\"\n \"a\": 1 }", mapping: "")
        #expect(run.code == 1)
        #expect(
            lines(run) == [
                "c.json:3:2: error: not JSON: \"}\" is expected, not \"\"\"",
                "m.json:1:1: error: the document is empty",
                "2 errors, 0 warnings",
            ])
        let missing = try await connector(["check", "--config-json", "\(folder.path)/none.json"])
        #expect(missing.code == 1)
        #expect(missing.output.first?.hasPrefix("\(folder.path)/none.json: error: can't be read") == true)
    }
}
