import ArgumentParser
import Foundation
import Presentation

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
        }
    }
}
