import ArgumentParser
import Conformance
import Foundation
import StationMonitor

/// `junit=F`, `html=F` or `json=F`.
struct ReportTarget: ExpressibleByArgument {
    enum Kind: String, CaseIterable {
        case junit, html, json
    }

    let kind: Kind
    let path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.kind = kind
        path = String(parts[1])
    }

    func write(_ report: RunReport) throws {
        let text =
            switch kind {
            case .junit: JUnitReport.text(report)
            case .html: HTMLReport.text(report)
            case .json: JSONReport.text(report)
            }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
}

/// A profile by the name of a bundled one or of a file.
enum ProfileFile {
    /// An empty profile without a name.
    static func read(_ name: String?) throws -> StationProfile {
        guard let name else { return StationProfile() }
        if let bundled = StationProfile.Bundled(rawValue: name) {
            return try StationProfile(yaml: bundled.text, file: name)
        }
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: name)), as: UTF8.self)
        return try StationProfile(yaml: text, file: name)
    }
}

/// The folder that captures are written to, a file for each case that had traffic.
struct CaptureFolder {
    let path: String

    init(_ path: String) { self.path = path }

    func write(_ report: RunReport) throws {
        let folder = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for result in report.results where !result.entries.isEmpty {
            let octets = CaptureFile.octets(result.entries)
            try Data(octets.readableBytesView)
                .write(to: folder.appendingPathComponent("\(result.conformanceCase.id).pcap"))
        }
    }
}
