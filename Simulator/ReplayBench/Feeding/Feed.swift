import DataStore
import Replay

/// Writes what the controlled stations of a capture reported into a store, as other connectors would: events to image
/// and stream, interrogation answers to the image.
package struct Feed: Sendable {
    /// Commands that go to the store at once; fewer if the capture may be long in bringing more.
    private static let writeSize = 500

    private let file: String
    private let port: UInt16?
    private let pace: Pace
    private let stream: String

    /// - Parameters:
    ///   - file: the path of the capture; `-` is standard input.
    ///   - port: the only port that counts; nil recognizes connections by port 2404 and by what they carry.
    ///   - stream: the input stream of the connector.
    package init(file: String, port: UInt16? = nil, pace: Pace, stream: String) {
        (self.file, self.port, self.pace, self.stream) = (file, port, pace, stream)
    }

    /// Runs to the end of the capture, to where it breaks off, or until the task is cancelled.
    ///
    /// - Parameter onWrite: told after each write how far it has come.
    /// - Throws: `CaptureFault` if the capture can't be opened; `StoreError`; `CancellationError`.
    package func run(into store: RedisConnection, onWrite: (FeedSummary) -> Void) async throws {
        var traffic = try MonitoredTraffic(path: file, port: port)
        var (writer, clock, summary) = (PointWriter(stream: stream), PaceClock(pace), FeedSummary())
        var commands: [RedisCommand] = []
        func write() async throws {
            if !commands.isEmpty { try await store.transact(commands) }
            commands = []
            (summary.packets, summary.position, summary.size) = (traffic.packets, traffic.position, traffic.size)
            onWrite(summary)
        }
        while let items = traffic.next() {
            for item in items {
                summary.count(item)
                guard case .object(let object) = item else { continue }
                if let due = clock.due(object.capturedAt) {
                    try await write()
                    try await Task.sleep(until: due)
                }
                if !object.isInterrogated {
                    commands += writer.event(object)
                    summary.events += 1
                } else if let state = writer.state(object) {
                    commands += state
                    summary.states += 1
                } else {
                    summary.older += 1
                }
            }
            if traffic.isLive || commands.count >= Self.writeSize { try await write() }
            try Task.checkCancellation()
        }
        summary.fault = traffic.fault
        try await write()
    }
}
