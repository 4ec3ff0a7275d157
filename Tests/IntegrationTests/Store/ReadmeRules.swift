import DataStore
import Foundation
import TestBench

/// The ACL rules that the README tells users to set.
enum ReadmeRules {
    /// The commands in the block that is marked `redis-acl`, with another password and id than the README's.
    static func commands(password: String, id: String) throws -> [RedisCommand] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        let blocks = text.components(separatedBy: "```redis-acl\n").dropFirst()
        guard let block = blocks.first?.components(separatedBy: "```").first else {
            throw BenchError("no block redis-acl in \(path.path)")
        }
        let lines = block.replacing("\\\n", with: " ").replacing("PASSWORD", with: password)
            .replacing("substation-1", with: id).split(separator: "\n")
        return lines.map { RedisCommand($0.split(separator: " ").map(String.init)) }
    }
}
