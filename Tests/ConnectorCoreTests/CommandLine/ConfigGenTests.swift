import ConnectorCore
import Foundation
import TestBench
import Testing

@Suite("config-gen")
struct ConfigGenTests {
    @Test("writes the file to standard output")
    func standardOutput() async throws {
        let run = try await connector(["config-gen"])
        #expect(run.code == 0)
        #expect(run.text + "\n" == SettingsFile.template)
        #expect(run.errors.isEmpty)
    }

    @Test("writes the file where --output says, and says so")
    func file() async throws {
        let folder = try TemporaryFolder("core")
        let path = "\(folder.path)/c.toml"
        let run = try await connector(["config-gen", "--output", path])
        #expect(run.code == 0)
        #expect(run.output == ["wrote \(path)"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == SettingsFile.template)
    }

    @Test("the file it writes is one that the program takes")
    func usable() async throws {
        let folder = try TemporaryFolder("core")
        let path = "\(folder.path)/c.toml"
        _ = try await connector(["config-gen", "--output", path])
        let run = try await connector(["--config", path, "--id", "a", "redis", "--port", "0"])
        #expect(run.errors.first?.hasPrefix("error: --port: ") == true, "only the command line is at fault")
    }

    @Test("replaces a file with content only if told to, and an empty one at once")
    func existing() async throws {
        let folder = try TemporaryFolder("core")
        let path = try folder.write("precious", to: "c.toml")
        let refused = try await connector(["config-gen", "--output", path])
        #expect(refused.code == 1)
        #expect(refused.errors == ["error: \(path) exists and has content; --force replaces it"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        #expect(try await connector(["config-gen", "--output", path, "--force"]).code == 0)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == SettingsFile.template)
        let empty = try folder.write("", to: "empty.toml")
        #expect(try await connector(["config-gen", "--output", empty]).code == 0)
    }

    @Test("a file that can't be written is a failure")
    func unwritable() async throws {
        let run = try await connector(["config-gen", "--output", "/does/not/exist/c.toml"])
        #expect(run.code == 1)
        #expect(run.errors.first?.hasPrefix("error: /does/not/exist/c.toml can't be written") == true)
    }
}
