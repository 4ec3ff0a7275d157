import ArgumentParser
import Foundation
import Presentation
import ReplayBench

/// `KIND=FILE`.
struct ReportFile: ExpressibleByArgument {
    enum Kind: String {
        case junit, json
    }

    let kind: Kind
    let path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        (self.kind, path) = (kind, String(parts[1]))
    }

    /// Writes the report in the form of its kind.
    func write(junit: @autoclosure () -> String, json: @autoclosure () -> String) throws {
        try TextFile.write(kind == .junit ? junit() : json(), to: path)
    }
}

/// Which reports to write.
struct ReportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Also write a report; KIND is junit or json. May be repeated.", valueName: "KIND=FILE"))
    var report: [ReportFile] = []

    /// Tells before the run, rather than after it, that there is no place for a report.
    func validate() throws {
        for file in report {
            let folder = URL(fileURLWithPath: file.path).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw ValidationError("--report \(file.kind)=\(file.path): there is no folder \(folder) to write in")
            }
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), isFolder.boolValue {
                throw ValidationError("--report \(file.kind)=\(file.path): that is a folder; name a file in it")
            }
        }
    }

    /// Writes what a comparison has shown to all of them and to standard output, and ends with the exit code for it.
    func conclude(_ result: some ComparisonReport) async throws {
        for file in report { try file.write(junit: result.jUnit, json: result.json) }
        try await StandardOutput.put(result.lines.joined(separator: "\n") + "\n")
        if let fault = result.fault { throw fault }
        if result.total > 0 { throw ExitCode.failure }
        if result.compared == 0 { throw ExitCode.unreadable }
    }
}
