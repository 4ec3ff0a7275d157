import ConnectorCore
import Foundation
import TestBench
import Testing

@Suite("The command line")
struct CommandLineTests {
    @Test("--version names program and version")
    func version() async throws {
        let run = try await connector(["--version"])
        #expect(run.code == 0)
        #expect(run.output == ["iec104-connector \(ConnectorVersion.current)"])
        #expect(run.errors.isEmpty)
    }

    @Test("--help tells options, subcommands, exit codes and variables")
    func help() async throws {
        for arguments in [["--help"], ["-h"], ["help"]] {
            let run = try await connector(arguments)
            #expect(run.code == 0)
            #expect(run.errors.isEmpty)
            for word in [
                "--id", "--log-level", "--config", "--metrics", "--version", "redis", "config-gen", "check", "publish",
                "status", "IEC104_ID", "REDIS_PWD", "Exit codes: 0 ended in order, 1 failure, 64 wrong usage",
            ] {
                #expect(run.text.contains(word), "\(word)")
            }
        }
    }

    @Test("each subcommand has help of its own")
    func subcommandHelp() async throws {
        for (arguments, words) in [
            (
                ["redis", "--help"],
                [
                    "--host", "--port", "--pwd", "--user", "--db", "--socket", "--tls", "--tls-ca", "--tls-cert",
                    "--tls-key",
                    "--sentinel", "--master-name",
                ]
            ),
            (["config-gen", "--help"], ["--output"]), (["check", "--help"], ["--config-json", "--mapping-json"]),
            (["publish", "--help"], ["--id", "--config-json", "--mapping-json"]),
            (["status", "--help"], ["--id", "--json"]),
        ] {
            let run = try await connector(arguments)
            #expect(run.code == 0)
            for word in words { #expect(run.text.contains(word), "\(arguments) \(word)") }
        }
    }

    @Test(
        "wrong usage ends with 64 and is explained on standard error",
        arguments: [
            [], ["redis"], ["redis", "--host", "h"], ["--foo"], ["--id"], ["--id", "a", "redis", "--foo"],
            ["--id", "a", "foo"],
            ["--id", "a b", "redis"], ["--id", "a", "--log-level", "loud", "redis"],
            ["--id", "a", "--metrics", "x", "redis"],
            ["--id", "a", "redis", "--port", "0"], ["--id", "a", "redis", "--port", "x"],
            ["--id", "a", "redis", "--host", "h:"],
            ["--id", "a", "redis", "--db", "x"], ["--id", "a", "redis", "--user", "u"],
            ["--id", "a", "redis", "--tls-key", "k"],
            ["--id", "a", "redis", "--sentinel", "s:1"], ["--id", "a", "redis", "--master-name", "m"],
            ["--id", "a", "redis", "--pwd"],
            ["--id", "a", "redis", "extra"],
            ["--id", "a", "--config", "/does/not/exist"], ["check"], ["check", "--foo"], ["config-gen", "--foo"],
            ["config-gen", "extra"], ["publish", "--id", "a"], ["publish", "--id", "a", "redis"], ["publish", "redis"],
            ["publish", "--config-json", "/dev/null", "redis"], ["status"], ["status", "redis"],
            ["status", "--id", "a", "--foo"],
        ])
    func usage(arguments: [String]) async throws {
        let run = try await connector(arguments)
        #expect(run.code == 64, "\(arguments): \(run.errorText)")
        #expect(run.output.isEmpty)
        #expect(run.errors.first?.lowercased().hasPrefix("error: ") == true)
    }

    @Test("the first thing that is wrong is named")
    func named() async throws {
        for (arguments, words) in [
            (["check", "--config-jsn", "c"], "Unknown option '--config-jsn'. Did you mean '--config-json'?"),
            (["publish", "--id", "a", "--confg-json", "c", "redis"], "Unknown option '--confg-json'"),
            (["check", "config.json"], "config.json"), (["check"], "--config-json"),
            (["--id", "a", "redis", "--tls-ca", "/absent.pem"], "--tls-ca: /absent.pem can't be read: No such file"),
            (
                ["status", "--id", "a", "redis", "--tls-cert", "/absent.crt", "--tls-key", "k"],
                "--tls-cert: /absent.crt"
            ),
        ] {
            let run = try await connector(arguments)
            #expect(run.code == 64 && run.errors.first?.contains(words) == true, "\(run.errorText)")
        }
    }

    @Test("a missing id is named together with what it is for")
    func missingID() async throws {
        let run = try await connector(["redis", "--host", "127.0.0.1"])
        #expect(run.errorText.contains("--id is missing"))
    }

    @Test("the environment is looked at, and a fault in it names the variable")
    func environment() async throws {
        let run = try await connector(["redis"], environment: ["IEC104_ID": "a", "REDIS_PORT": "tcp://10.0.0.1:6379"])
        #expect(run.code == 64)
        #expect(run.errors.first?.hasPrefix("error: environment variable REDIS_PORT: a whole number") == true)
    }

    @Test("a fault in the file is named with file, line and key, with or without the subcommand redis")
    func file() async throws {
        let folder = try TemporaryFolder("core")
        let path = try folder.write("id = \"a\"\n\n[redis]\nprot = 1\n", to: "c.toml")
        for arguments in [["--config", path], ["--config", path, "redis"], ["status", "--config", path]] {
            let run = try await connector(arguments)
            #expect(run.code == 64)
            #expect(run.errors.first == "error: \(path):4: unknown key redis.prot; did you mean \"redis.port\"?")
        }
    }

    @Test("a password given anywhere shows in no output, whatever goes wrong")
    func password() async throws {
        let folder = try TemporaryFolder("core")
        let path = try folder.write("[redis]\npwd = \"geheim4711\"\nport = \"x\"\n", to: "c.toml")
        for (arguments, environment) in [
            (["--id", "a", "redis", "--pwd", "geheim4711", "--port", "x"], [:]),
            (["--id", "a", "redis", "--port", "x"], ["REDIS_PWD": "geheim4711"]),
            (["--id", "a", "--config", path], [:]),
            (["status", "--id", "a", "redis", "--pwd", "geheim4711", "--host", "127.0.0.1:1"], [:]),
            (["status", "--id", "a", "redis", "--host", "redis://:geheim4711@127.0.0.1:1"], [:]),
        ] as [([String], [String: String])] {
            let run = try await connector(arguments, environment: environment)
            #expect(run.code != 0)
            #expect(!run.errors.isEmpty)
            #expect(!(run.text + run.errorText).contains("geheim"))
        }
    }

    @Test("a store out of reach is a failure, with exit code 1, for status and publish")
    func unreachable() async throws {
        let folder = try TemporaryFolder("core")
        let path = try folder.write("{}", to: "c.json")
        let host = "\(LoopbackAddress.next()):1"
        for arguments in [
            ["status", "--id", "a", "redis", "--host", host],
            ["status", "--id", "a", "--json", "redis", "--host", host],
            ["status", "--id", "a", "redis", "--host", host, "--json"],
            ["publish", "--id", "a", "--config-json", path, "redis", "--host", host],
        ] {
            let run = try await connector(arguments)
            #expect(run.code == 1, "\(arguments)")
            #expect(run.errors.first?.hasPrefix("error: ") == true)
        }
    }
}
