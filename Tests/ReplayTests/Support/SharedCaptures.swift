import Foundation

/// Captures of others, with what tshark makes of them, in a folder beside the repository.
enum SharedCaptures {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/captures").standardizedFileURL
    static let exists = FileManager.default.fileExists(atPath: folder.path)
}
