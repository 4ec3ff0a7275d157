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

    /// Makes sure that it can be written, before a run that would be in vain. A report that is there stays until there is
    /// a new one.
    ///
    /// - Throws: `FileFault`.
    func prepare() throws {
        guard let type = try? FileManager.default.attributesOfItem(atPath: place.path)[.type] as? FileAttributeType
        else { return try probe() }
        if type == .typeDirectory { throw FileFault("the report \(path) can't be written: it is a folder") }
        if type == .typeRegular { try probe() }
    }

    /// Makes a file beside it.
    private func probe() throws {
        let temporary = place.appendingPathExtension("\(ProcessInfo.processInfo.processIdentifier).tmp")
        try orFault {
            try Data().write(to: temporary)
            try FileManager.default.removeItem(at: temporary)
        }
    }

    /// Where it is, rather than a link to it.
    private var place: URL { URL(fileURLWithPath: path).resolvingSymlinksInPath() }

    func write(_ report: RunReport) throws {
        let text =
            switch kind {
            case .junit: JUnitReport.text(report)
            case .html: HTMLReport.text(report)
            case .json: JSONReport.text(report)
            }
        try put(text)
    }

    private func put(_ text: String) throws {
        let type = try? FileManager.default.attributesOfItem(atPath: place.path)[.type] as? FileAttributeType
        // Pipes and devices can't be replaced.
        let isReplaced = type == nil || type == .typeRegular
        try orFault { try Data(text.utf8).write(to: place, options: isReplaced ? .atomic : []) }
    }

    private func orFault(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch {
            throw FileFault("the report \(path) can't be written: \(error.localizedDescription)")
        }
    }
}

/// A file that can't be read or written.
struct FileFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A profile by the name of a bundled one or of a file.
enum ProfileFile {
    /// An empty profile without a name.
    static func read(_ name: String?) throws -> StationProfile {
        guard let name else { return StationProfile() }
        if let bundled = StationProfile.Bundled(rawValue: name) {
            return try StationProfile(yaml: bundled.text, file: name)
        }
        let text: String
        do {
            text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: name)), as: UTF8.self)
        } catch {
            let bundled = StationProfile.Bundled.allCases.map(\.rawValue).joined(separator: " or ")
            throw FileFault(
                "the profile \(name) can't be read: \(error.localizedDescription) --profile takes a file, or \(bundled)"
            )
        }
        return try StationProfile(yaml: text, file: name)
    }
}

/// The folder that captures are written to, a file for each case that had traffic.
struct CaptureFolder {
    let path: String

    init(_ path: String) { self.path = path }

    /// Creates it, before a run that would be in vain.
    ///
    /// - Throws: `FileFault`.
    func prepare() throws {
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: path), withIntermediateDirectories: true)
        } catch {
            throw FileFault("the folder \(path) can't be created: \(error.localizedDescription)")
        }
    }

    func write(_ report: RunReport) throws {
        let folder = URL(fileURLWithPath: path)
        for result in report.results where !result.entries.isEmpty {
            let octets = CaptureFile.octets(result.entries)
            try Data(octets.readableBytesView)
                .write(to: folder.appendingPathComponent("\(result.conformanceCase.id).pcap"))
        }
    }
}
