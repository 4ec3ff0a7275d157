import DataStore
import Logging
import ServiceLifecycle

/// Writes reports to the error stream, in order. While the store is away they wait, as many as `ReportSink` holds.
struct ErrorStreamService: Service {
    private static let retryInterval = Duration.milliseconds(500)
    /// After a refusal: it takes somebody to mend what the server minds.
    private static let refusalInterval = Duration.seconds(2)
    /// How often it is looked whether something was left out that nobody was told of.
    private static let summaryInterval = Duration.seconds(10)

    let reports: ReportSink
    let health: ConnectorHealth
    let writer: StoreWriter
    let stream: @Sendable () -> String
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await report in reports.reports { await write(report) }
                }
                while (try? await Task.sleep(for: Self.summaryInterval)) != nil {
                    reports.summarize()
                    await lookAgain()
                }
            }
        }
    }

    /// A key that was no stream may have been removed, while there is nothing to report.
    private func lookAgain() async {
        guard health.isNoted(\.errorStreamFault), (try? await writer.canBeStream(stream())) == true else { return }
        health.note(\.errorStreamFault, nil)
    }

    private func write(_ report: Report) async {
        var refusal: RedisError?
        while !Task.isCancelled {
            do {
                try await writer.append(report.json, to: stream())
                health.note(\.errorStreamFault, nil)
                return
            } catch StoreError.refused(let error) where error.code == "WRONGTYPE" {
                // Waiting for somebody to remove the key would hold up all that follow.
                reports.noteDropped()
                health.note(\.errorStreamFault, "\(error)")
                return logger.error(
                    "the error stream can't be written", metadata: ["stream": "\(stream())", "reason": "\(error)"])
            } catch StoreError.refused(let error) {
                if refusal != error {
                    logger.error(
                        "the error stream can't be written; reports wait",
                        metadata: ["stream": "\(stream())", "reason": "\(error)"])
                }
                refusal = error
                health.note(\.errorStreamFault, "\(error)")
                try? await Task.sleep(for: Self.refusalInterval)
            } catch {
                logger.debug("error stream not written", metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: Self.retryInterval)
            }
        }
    }
}
