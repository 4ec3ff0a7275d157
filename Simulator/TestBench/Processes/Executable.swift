import Foundation

/// Looks for programs.
enum Executable {
    /// The path of the program: `override` names an environment variable that has the last word, then come the folder
    /// of the running program (where SwiftPM puts the programs of a package, and its test bundle) and `PATH`.
    static func find(_ name: String, override: String, besideUs: Bool) -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment[override], !path.isEmpty { return path }
        var folders: [String] = []
        if besideUs { folders += ourFolders() }
        folders += (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        folders += ["/usr/bin", "/usr/local/bin"]
        return folders.lazy.map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func ourFolders() -> [String] {
        [try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), CommandLine.arguments.first]
            .compactMap { $0 }.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    }
}
