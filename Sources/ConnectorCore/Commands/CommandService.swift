import DataStore
import IEC104Station
import NIOCore
import ServiceLifecycle

/// Writes commands to the output stream, one after the other, and tells the station whether the store has them.
///
/// A command that the store can't take before its deadline is never written: it is refused instead, and what is refused
/// must not be carried out when the store comes back. Where nobody knows whether the store has it, the station waits
/// until it can't take it any more.
struct CommandService: Service {
    /// How long before the station gives a command up the store stops taking it, so that its answer still arrives.
    private static let margin = TimeAmount.milliseconds(300)
    /// The store takes a command for no longer than this after the station has taken it, so that a connector that stops
    /// needn't wait for longer.
    static let maximumTime = TimeAmount.seconds(20)

    private let queue: CommandQueue
    private let host: StationHost
    private let writer: StoreWriter
    private let streams: ConnectorStreams

    init(queue: CommandQueue, host: StationHost, writer: StoreWriter, streams: ConnectorStreams) {
        self.queue = queue
        self.host = host
        self.writer = writer
        self.streams = streams
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await element in queue.elements where await host.commandGoesToStore(element.order) {
                await host.commandWritten(element.order, await write(element))
            }
        }
    }

    private func write(_ element: CommandQueue.Element) async -> StoreOutcome {
        let document = CommandDocument(order: element.order, milliseconds: element.milliseconds)
        do {
            let deadline = min(element.deadline - Self.margin, element.time + Self.maximumTime)
            switch try await writer.append(document.json, to: streams.output, before: deadline) {
            case .taken(let milliseconds): return .taken(at: milliseconds)
            case .tooLate: return .refused("its time was over")
            case .unknown(let milliseconds, let error): return .unknown(notBefore: milliseconds, "\(error)")
            }
        } catch {
            return .refused("\(error)")
        }
    }
}
