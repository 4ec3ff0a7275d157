import Conformance
import Foundation
import NIOCore
import TestBench

/// Has tshark read the captures of a whole run.
enum CaptureCheck {
    static let tshark = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    /// What a dissector complains of: octets that make no APDU, and TCP segments that don't fit one another. That a case
    /// resets a connection is none of it.
    static let complaint =
        "_ws.malformed || (_ws.expert.severity >= 6291456 && tcp.flags.reset == 0) || tcp.analysis.flags"

    /// The cases whose captures tshark complains of, or that it finds no APDU in.
    static func faults(of results: [CaseResult], _ tshark: String) async throws -> Faults {
        let suspected = try await faultsTogether(of: results, tshark)
        var faults: Faults = ([], [])
        // Two cases may have used the same ports, which looks like one connection. Alone, each tells what it is.
        for result in results
        where suspected.malformed.union(suspected.unread).contains(result.conformanceCase.id) {
            let alone = try await faultsTogether(of: [result], tshark)
            faults.malformed.formUnion(alone.malformed)
            faults.unread.formUnion(alone.unread)
        }
        return faults
    }

    typealias Faults = (malformed: Set<String>, unread: Set<String>)

    private static func faultsTogether(of results: [CaseResult], _ tshark: String) async throws -> Faults {
        // One capture of all: tshark takes its time to start.
        var whole = ByteBuffer()
        var ids: [String] = []
        for result in results where !result.entries.isEmpty {
            var file = CaptureFile.octets(result.entries)
            let header = file.readSlice(length: headerSize)
            if whole.readableBytes == 0, var header { whole.writeBuffer(&header) }
            ids += Array(repeating: result.conformanceCase.id, count: packets(file))
            whole.writeBuffer(&file)
        }
        let folder = try TemporaryFolder("captures")
        let path = "\(folder.path)/run.pcap"
        try Data(whole.readableBytesView).write(to: URL(fileURLWithPath: path))
        let malformed = try await frames(complaint, of: path, tshark).compactMap { number in
            ids.indices.contains(number - 1) ? ids[number - 1] : nil
        }
        let read = try await frames("iec60870_104", of: path, tshark).compactMap { number in
            ids.indices.contains(number - 1) ? ids[number - 1] : nil
        }
        return (Set(malformed), Set(ids).subtracting(read))
    }

    private static let headerSize = 24

    private static func packets(_ file: ByteBuffer) -> Int {
        var file = file
        var count = 0
        while file.readableBytes >= 16 {
            file.moveReaderIndex(forwardBy: 8)
            let length = Int(file.readInteger(endianness: .little, as: UInt32.self) ?? 0)
            file.moveReaderIndex(forwardBy: min(4 + length, file.readableBytes))
            count += 1
        }
        return count
    }

    /// The numbers of the frames that a filter takes.
    private static func frames(_ filter: String, of path: String, _ tshark: String) async throws -> [Int] {
        // More lines than a process' output is kept of.
        let output = path + ".txt"
        let process = try ChildProcess(
            "/bin/sh",
            [
                "-c", "out=$1; shift; exec \"$@\" > \"$out\"", "sh", output, tshark, "-r", path,
                "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-Y", filter, "-T", "fields",
                "-e", "frame.number",
            ])
        let status = try await process.waitForExit(within: .seconds(180))
        guard status.code == 0 else { throw BenchError("tshark: \(process.tail())") }
        return try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").compactMap { Int($0) }
    }
}
