import DataStore
import TestBench

/// The connector under test: one process after the other.
actor SoakStation {
    private let store: StoreConfiguration
    private var process: ConnectorProcess
    /// The most memory seen, in octets.
    private(set) var peakMemory = 0

    /// Starts it and waits until it runs.
    ///
    /// - Throws: `BenchError`.
    init(_ store: StoreConfiguration) async throws {
        self.store = store
        process = try ConnectorProcess(id: SoakDocuments.id, store: store, logLevel: "info")
        do {
            try await process.waitUntilRunning()
        } catch {
            await process.kill()
            throw error
        }
    }

    /// Its last lines, for failures.
    var tail: String { process.lines.suffix(20).map(\.text).joined(separator: "\n") }

    /// How it ended, although nobody wanted it to.
    var deathReason: String? { process.status.map { "\($0)" } }

    /// SIGKILL, and a new process after a while.
    ///
    /// - Throws: `BenchError` if it can't be started.
    func restart(after pause: Duration) async throws {
        noteMemory()
        await process.kill()
        try? await Task.sleep(for: pause)
        process = try ConnectorProcess(id: SoakDocuments.id, store: store, logLevel: "info")
    }

    /// Octets in memory now.
    @discardableResult
    func noteMemory() -> Int {
        let memory = (try? process.residentMemory()) ?? 0
        peakMemory = max(peakMemory, memory)
        return memory
    }

    /// Ends it in order.
    func stop() async -> ExitStatus {
        await process.stop()
    }
}
