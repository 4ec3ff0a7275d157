import Foundation
import TestBench

/// The repository that the tests were built from.
enum Repository {
    /// The absolute path of a file, given by its path in the repository.
    static func path(_ path: String) -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appendingPathComponent(path).path
    }

    /// The code block of the README that opens with these words behind its back-quotes.
    static func readmeBlock(_ words: String) throws -> String {
        let path = path("README.md")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let blocks = text.components(separatedBy: "```\(words)\n").dropFirst()
        guard let block = blocks.first?.components(separatedBy: "```").first else {
            throw BenchError("no block \(words) in \(path)")
        }
        return block
    }
}
