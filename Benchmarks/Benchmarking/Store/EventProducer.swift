import Foundation
import Synchronization

/// Writes numbered events to the input stream, on a thread of its own.
final class EventProducer: Sendable {
    /// Events in one write to the socket while they are written as fast as possible.
    private static let chunk = 100

    private let numbers: Range<UInt32>
    /// Encoded beforehand: making texts takes longer than all that is measured.
    private let chunks: [[UInt8]]
    private let chunkSize: Int
    private let feed: StoreFeed
    private let reached: Atomic<UInt32>
    private let isCancelled = Atomic<Bool>(false)
    private let finished = DispatchSemaphore(value: 0)

    private init(_ numbers: Range<UInt32>, points: Int, to store: String, stream: String, chunkSize: Int) throws {
        self.numbers = numbers
        self.chunkSize = chunkSize
        feed = try StoreFeed(store)
        reached = Atomic(numbers.lowerBound)
        chunks = stride(from: numbers.lowerBound, to: numbers.upperBound, by: chunkSize).map { first in
            (first..<min(first + UInt32(chunkSize), numbers.upperBound)).flatMap {
                StoreTraffic.event(Int($0), points: points, stream: stream)
            }
        }
    }

    /// A producer that can write many events at once.
    static func bulk(_ numbers: Range<UInt32>, points: Int, to store: String) throws -> EventProducer {
        try EventProducer(numbers, points: points, to: store, stream: StoreTraffic.inputStream, chunkSize: chunk)
    }

    /// A producer that writes them one by one.
    static func paced(
        _ numbers: Range<UInt32>, points: Int, to store: String, stream: String = StoreTraffic.inputStream
    ) throws -> EventProducer {
        try EventProducer(numbers, points: points, to: store, stream: stream, chunkSize: 1)
    }

    /// Writes as fast as the server takes it, but no more than `ahead` events ahead of what `reached` was told.
    func write(ahead: UInt32) {
        start { [self] index in
            while numbers.lowerBound + UInt32(index * chunkSize) > reached.load(ordering: .relaxed) + ahead,
                !isCancelled.load(ordering: .relaxed)
            {
                usleep(200)
            }
        }
    }

    /// Writes one piece every `interval` nanoseconds, the first at `moment`.
    func write(from moment: UInt64, interval: UInt64) {
        start { index in Clock.sleep(until: moment + UInt64(index) * interval) }
    }

    private func start(waiting wait: @escaping @Sendable (Int) -> Void) {
        Thread.detachNewThread { [self] in
            Clock.sharpenThread()
            do {
                for index in chunks.indices {
                    wait(index)
                    if isCancelled.load(ordering: .relaxed) { break }
                    try feed.send(chunks[index])
                }
                try feed.finish()
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
