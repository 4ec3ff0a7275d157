import Foundation

/// What figures were taken on.
package struct Machine: Sendable, CustomStringConvertible {
    package let description: String

    /// This machine.
    package init() {
        let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = cpu.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
        let memory = ProcessInfo.processInfo.physicalMemory >> 30
        let name = model.map { $0.drop { $0 == " " } } ?? "unknown processor"
        description = "\(ProcessInfo.processInfo.activeProcessorCount) cores of \(name), \(memory) GiB"
    }
}
