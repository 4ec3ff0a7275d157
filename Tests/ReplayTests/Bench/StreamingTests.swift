import Foundation
import TestBench
import TestSupport
import Testing

/// Captures of any size.
@Suite("Streaming")
struct StreamingTests {
    /// A connection that goes on for ever, with a lot of other traffic between its packets.
    private struct EndlessCapture {
        private static let noise = Packets.ipv4(protocol: 17, [UInt8](repeating: 0, count: 1400))
        private static let headerLength = 24
        private var count = 0
        private var sequence: UInt32 = 1

        /// The next 0.7 MB of the file.
        mutating func next() -> [UInt8] {
            var capture = CaptureOctets(.pcap, linkType: 101)
            let isFirst = count == 0
            for _ in 0..<480 {
                let time = UInt32(count / 100)
                let event = octets(APDUs.I(count % 32_768, 0, "01 01 03 00 0A 00 01 00 00 01"))
                capture.add(Packets.ipv4(Packets.tcp(2404, 40_000, sequence: sequence, event)), seconds: time)
                sequence += UInt32(event.count)
                count += 1
                if count.isMultiple(of: 8) {
                    let acknowledgement = octets(APDUs.S(count % 32_768))
                    let segment = Packets.tcp(
                        40_000, 2404, sequence: UInt32(1 + count / 8 * 6), acknowledgement: sequence, acknowledgement)
                    capture.add(Packets.ipv4(fromFirst: false, segment), seconds: time)
                }
                capture.add(Self.noise, seconds: time)
            }
            return isFirst ? capture.octets : Array(capture.octets.dropFirst(Self.headerLength))
        }
    }

    /// The most memory that a process has had so far, in KiB.
    private func peak(of process: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1]))
    }

    @Test("ten times the capture takes no more memory", .timeLimit(.minutes(2)))
    func memory() async throws {
        let folder = try TemporaryFolder("streaming")
        let path = folder.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        let program = try ReplayPrograms.path()
        let process = try ChildProcess("/bin/sh", ["-c", "echo $$; exec '\(program)' check '\(path)'"])
        try await eventually("it runs") { !process.lines.isEmpty }
        let number = try #require(process.lines.first?.text)
        // Open for both, so as not to wait for the reader.
        let pipe = open(path, O_RDWR | O_NONBLOCK)
        var capture = EndlessCapture()
        func write(_ chunks: Int) async throws {
            for _ in 0..<chunks {
                var rest = capture.next()[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes { Glibc.write(pipe, $0.baseAddress, $0.count) }
                    if count > 0 {
                        rest = rest.dropFirst(count)
                    } else {
                        try await Task.sleep(for: .milliseconds(1))
                    }
                }
            }
        }
        try await write(4)
        let before = try peak(of: number)
        try await write(36)
        let after = try peak(of: number)
        close(pipe)
        let status = try await process.waitForExit(within: .seconds(60))
        #expect(status.code == 0, Comment(rawValue: process.lines.map(\.text).joined(separator: "\n")))
        // 25 MB have passed.
        #expect(after - before < 4096)
    }
}
