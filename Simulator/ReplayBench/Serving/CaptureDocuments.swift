import DataStore
import Foundation
import Presentation
import Replay

/// The documents of a connector that serves the points of a capture.
package struct CaptureDocuments: Sendable {
    /// Documents exist already.
    package struct Existing: Error, CustomStringConvertible {
        /// Of keys or files.
        let names: [String]

        package var description: String {
            "\(names.joined(separator: " and ")) exist already; take another name, or add --replace"
        }
    }

    private let round: ServingRound
    /// Why the capture wasn't read to its end; nil if it was.
    package let fault: CaptureFault?
    /// Points with several types, of which the mapping has the first.
    package let ambiguousCount: Int

    package init(_ survey: PointSurvey) {
        round = survey.rounds.first ?? ServingRound()
        fault = survey.fault
        ambiguousCount = survey.rounds.dropFirst().first?.count ?? 0
    }

    /// Points in the mapping.
    package var pointCount: Int { round.count }
    /// The document `connectors:{ID}:mapping`.
    package var mapping: String { round.mapping }
    /// The document `connectors:{ID}:config`: the defaults, but for time tags in interrogation answers where the capture
    /// has some.
    package var configuration: String { round.configuration() + "\n" }

    /// Writes them to files, or with `-` to standard output; nil leaves one out.
    ///
    /// - Throws: `Existing`, with nothing written; `TextFile.Failed`.
    package func write(mapping: String?, configuration: String?, replacing: Bool) async throws {
        let files = [(self.mapping, mapping), (self.configuration, configuration)].compactMap { document, path in
            path.map { (document, $0) }
        }
        // A pipe or a terminal has nothing to lose.
        let existing = files.map(\.1).filter {
            (try? FileManager.default.attributesOfItem(atPath: $0))?[.type] as? FileAttributeType == .typeRegular
        }
        guard replacing || existing.isEmpty else { throw Existing(names: existing) }
        for (document, path) in files {
            if path == "-" { try await StandardOutput.put(document) } else { try TextFile.write(document, to: path) }
        }
    }

    /// Writes both for a connector, at once.
    ///
    /// - Throws: `Existing`, with nothing written; `StoreError`.
    package func publish(for id: String, in store: RedisConnection, replacing: Bool) async throws {
        let keys = StoreKeys(id: id)
        if !replacing {
            let names = [keys.configuration, keys.mapping]
            let replies = try await store.send(names.map { ["EXISTS", $0] })
            let existing = try zip(names, replies).filter { try $0.1.orThrow().integer == 1 }.map(\.0)
            guard existing.isEmpty else { throw Existing(names: existing) }
        }
        try await store.transact([["SET", keys.configuration, configuration], ["SET", keys.mapping, mapping]])
    }
}
