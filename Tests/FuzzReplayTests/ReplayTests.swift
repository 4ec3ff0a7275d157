import Foundation
import FuzzTargets
import TestSupport
import Testing

/// Runs the fuzz targets without a fuzzer: an input that breaks a promise ends the test run with the promise's words.
@Suite("Fuzz targets")
struct ReplayTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fuzz").standardizedFileURL

    /// All files of a folder of a target; none if there is no such folder.
    private static func inputs(_ kind: String, of target: FuzzTarget) throws -> [URL] {
        let folder = folder.appending(path: kind).appending(path: target.rawValue)
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
    }

    private func run(_ octets: some Sequence<UInt8>, on target: FuzzTarget) {
        Array(octets).withUnsafeBytes { target.run($0) }
    }

    @Test("seeds hold, also cut short at any place", arguments: FuzzTarget.allCases)
    func seeds(of target: FuzzTarget) throws {
        let files = try Self.inputs("corpus", of: target)
        #expect(!files.isEmpty)
        for file in files {
            let octets = [UInt8](try Data(contentsOf: file))
            for length in octets.count > 200 ? [octets.count] : Array(0...octets.count) {
                run(octets.prefix(length), on: target)
            }
        }
    }

    @Test("inputs that once failed hold", arguments: FuzzTarget.allCases)
    func failures(of target: FuzzTarget) throws {
        for file in try Self.inputs("failures", of: target) { run(try Data(contentsOf: file), on: target) }
    }

    @Test("random octets and random changes of the seeds hold for half a second", arguments: FuzzTarget.allCases)
    func random(of target: FuzzTarget) throws {
        let seeds = try Self.inputs("corpus", of: target).map { [UInt8](try Data(contentsOf: $0)) }
        var generator = SeededGenerator(seed: 104)
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(500)
        var runs = 0
        while clock.now < end, runs < 20_000 {
            runs += 1
            var octets = seeds.randomElement(using: &generator) ?? []
            if octets.isEmpty || Bool.random(using: &generator) {
                octets = generator.octets(Int.random(in: 0...200, using: &generator))
            }
            for _ in 0..<Int.random(in: 0...8, using: &generator) where !octets.isEmpty {
                octets[Int.random(in: octets.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            run(octets, on: target)
        }
        #expect(runs > 0)
    }
}
