import Foundation
import Synchronization

/// Writes numbered events to the input stream, on a thread of its own.
final class EventProducer: Sendable {
    /// Events in one write to the socket.
    private static let chunk = 100

    private let reached: Atomic<UInt32>
    private let isCancelled = Atomic<Bool>(false)
    private let finished = DispatchSemaphore(value: 0)

    /// Writes as fast as the server takes them.
    ///
    /// - Parameter ahead: how many events it may be ahead of what `reached` was told.
    init(_ numbers: Range<UInt32>, points: Int, to store: String, ahead: UInt32) throws {
        reached = Atomic(numbers.lowerBound)
        let chunks = stride(from: numbers.lowerBound, to: numbers.upperBound, by: Self.chunk).map { first in
            (first..<min(first + UInt32(Self.chunk), numbers.upperBound)).flatMap {
                StoreTraffic.event(Int($0), points: points)
            }
        }
        let feed = try StoreFeed(store)
        start { [self] in
            for (index, chunk) in chunks.enumerated() {
                let first = numbers.lowerBound + UInt32(index * Self.chunk)
                while first > reached.load(ordering: .relaxed) + ahead {
                    if isCancelled.load(ordering: .relaxed) { return }
                    usleep(200)
                }
                try feed.send(chunk)
            }
            try feed.finish()
        }
    }

    /// Writes one every `interval` nanoseconds, the first at `start`.
    init(_ numbers: Range<UInt32>, points: Int, to store: String, start: UInt64, interval: UInt64) throws {
        reached = Atomic(numbers.lowerBound)
        let events = numbers.map { StoreTraffic.event(Int($0), points: points) }
        let feed = try StoreFeed(store)
        self.start { [self] in
            Clock.sharpenThread()
            for (index, event) in events.enumerated() {
                if isCancelled.load(ordering: .relaxed) { return }
                Clock.sleep(until: start + UInt64(index) * interval)
                try feed.send(event)
            }
            try feed.finish()
        }
    }

    private func start(_ body: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread { [self] in
            do {
                try body()
            } catch {
                FileHandle.standardError.write(Data("producer: \(error)\n".utf8))
            }
            finished.signal()
        }
    }

    /// All masters have everything before `number`.
    func reached(_ number: UInt32) {
        reached.store(number, ordering: .relaxed)
    }

    /// Ends the thread, now if need be.
    func stop() {
        isCancelled.store(true, ordering: .relaxed)
        finished.wait()
    }
}
