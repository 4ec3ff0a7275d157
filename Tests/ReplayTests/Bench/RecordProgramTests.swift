import Foundation
import NIOCore
import NIOPosix
import Replay
import TestBench
import Testing

/// `iec104-replay record`.
@Suite("iec104-replay record")
struct RecordProgramTests {
    /// Capturing is a right, which root has in most containers.
    private static let isPermitted: Bool = {
        do {
            _ = try LiveCapture(interface: "lo", port: 2404, path: "/dev/null")
            return true
        } catch {
            return false
        }
    }()

    @Test(
        "records what passes, ends at SIGINT, and tells how much it was",
        .enabled(if: isPermitted, "no right to capture on lo"))
    func record() async throws {
        let folder = try TemporaryFolder("record")
        let (file, host) = (folder.path + "/lo.pcap", LoopbackAddress.next())
        let recorder = try ReplayPrograms.start([
            "record", "--interface", "lo", "--host", host, "--output", file,
        ])
        try await eventually("it captures") { recorder.lines.contains { $0.text.hasPrefix("capturing TCP port 2404") } }
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: host, port: 2404).get()
        let client = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: host, port: 2404).get()
        // TESTFR act.
        try await client.writeAndFlush(ByteBuffer(bytes: [0x68, 4, 0x43, 0, 0, 0])).get()
        try await eventually("the frame is in the file") {
            let decoded = try await ReplayPrograms.run(["decode", file])
            return decoded.output.count == 1 && decoded.output.first?.hasSuffix("TESTFR act") == true
        }
        recorder.signal(SIGINT)
        let status = try await recorder.waitForExit(within: .seconds(20))
        #expect(status.code == 0)
        #expect(recorder.lines.last?.text.contains(" packets, ") == true)
        try await client.close().get()
        try await server.close().get()
    }

    @Test("ends by itself after --duration", .enabled(if: isPermitted, "no right to capture on lo"))
    func duration() async throws {
        let result = try await ReplayPrograms.run([
            "record", "--interface", "lo", "--host", LoopbackAddress.next(), "--duration", "0.2", "--output",
            "/dev/null",
        ])
        #expect(result.code == 0 && result.errors.hasSuffix("0 packets, 0 octets"))
    }

    /// Root gives up the right to capture; becoming another user might take away the way to the program too.
    @Test(
        "no right to capture: exit code 2, and how to get it",
        .enabled(if: geteuid() == 0 ? FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") : !isPermitted))
    func notPermitted() async throws {
        let arguments = ["record", "--interface", "lo", "--output", "/dev/null"]
        let program = try ReplayPrograms.path()
        let process =
            geteuid() == 0
            ? try ChildProcess("/usr/bin/setpriv", ["--bounding-set=-net_raw", "--", program] + arguments)
            : try ChildProcess(program, arguments)
        let status = try await process.waitForExit(within: .seconds(60))
        let text = process.tail()
        #expect(status.code == 2)
        #expect(text.contains("lo") && text.contains("sudo setcap cap_net_raw=ep"), Comment(rawValue: text))
    }

    @Test("an interface or a file that isn't there: exit code 2, and what to do")
    func noRun() async throws {
        let result = try await ReplayPrograms.run(["record", "--interface", "absent0", "--output", "/dev/null"])
        #expect(result.code == 2)
        #expect(
            result.errors.contains("there is no interface absent0; there are") || result.errors.contains("sudo setcap"))
        let usage = try await ReplayPrograms.run(["record", "--interface", "lo"])
        #expect(usage.code == 64)
    }
}
