import DataStore
import IEC104Station
import Logging
import NIOCore
import ServiceLifecycle

/// Writes commands to the output stream, one after the other, and tells the station whether the store has them.
///
/// A command that the store can't take before its deadline is never written: it is refused instead, and what is refused
/// must not be carried out when the store comes back.
struct CommandService: Service {
    /// How long before the station gives a command up the store stops taking it, so that its answer still arrives.
    private static let margin = TimeAmount.milliseconds(300)

    private let queue: CommandQueue
    private let host: StationHost
    private let writer: StoreWriter
    private let clock: StationClockBox
    private let streams: ConnectorStreams
    private let logger: Logger
    /// Begins the ids of this run, so that they differ from those of all others.
    private let prefix = String(StationClock.now(), radix: 36)

    init(
        queue: CommandQueue, host: StationHost, writer: StoreWriter, clock: StationClockBox, streams: ConnectorStreams,
        logger: Logger
    ) {
        self.queue = queue
        self.host = host
        self.writer = writer
        self.clock = clock
        self.streams = streams
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await element in queue.elements {
                let isTaken = await write(element)
                await host.commandWritten(element.order, isTaken: isTaken)
            }
        }
    }

    private func write(_ element: CommandQueue.Element) async -> Bool {
        let order = element.order
        let document = CommandDocument(
            order: order, id: "\(prefix)-\(order.number)", milliseconds: clock.now(),
            timeTag: order.time.flatMap { clock.current.millisecondsSince1970($0) }, point: element.point)
        do {
            let deadline = element.deadline - Self.margin
            return try await writer.append(document.json, to: streams.output, before: deadline) != nil
        } catch {
            logger.error(
                "a command could not be written",
                metadata: ["point": "\(order.address)", "stream": "\(streams.output)", "reason": "\(error)"])
            return false
        }
    }
}
