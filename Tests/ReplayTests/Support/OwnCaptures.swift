import Foundation
import Testing

/// The captures of this repository.
enum OwnCaptures {
    /// The folder `Captures`.
    static let folder = URL(filePath: #filePath).appending(path: "../../../../Captures").standardizedFileURL

    /// All of them, by name without extension.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".pcap") }.map { String($0.dropLast(5)) }.sorted()
    }()

    static func path(_ name: String) -> String { folder.appending(path: "\(name).pcap").path }

    /// A text beside the captures.
    static func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }
}
