import Foundation

/// A folder that is removed when the last reference to it goes.
package final class TemporaryFolder: Sendable {
    package let path: String

    /// - Parameter purpose: becomes part of the name.
    package init(_ purpose: String) throws(BenchError) {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("iec104-\(purpose)-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw BenchError("no temporary folder: \(error)")
        }
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
