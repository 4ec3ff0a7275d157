import Glibc
import Synchronization
import TestBench

/// Masters that one thread, the caller's, serves.
final class MasterFleet {
    /// Waiting longer than this in one go, masters acknowledge what they have.
    private static let idle: Int32 = 50

    let masters: [Master]
    private let poller: Poller
    private let processors: [Int]?
    /// Information objects that all have received.
    private(set) var objects = 0

    /// Connects and starts data transfer.
    ///
    /// - Parameters:
    ///   - processors: where the thread is while it serves the masters; nil leaves it where it is.
    ///   - settles: whether it waits until nothing more comes.
    init(_ count: Int, to host: String, port: Int = 2404, on processors: [Int]? = nil, settles: Bool = true) throws {
        self.processors = processors
        poller = try Poller()
        masters = try (0..<count).map { _ in try Master(to: host, port: port) }
        for (index, master) in masters.enumerated() {
            try poller.add(master.socket.descriptor, as: index)
            try master.start()
        }
        try run(until: { self.masters.allSatisfy(\.isStarted) })
        if settles { try settle() }
    }

    /// Takes what comes until there is nothing for a while, and acknowledges it.
    func settle() throws {
        while try turn(milliseconds: Self.idle, { _ in }) > 0 {}
        for master in masters { try master.acknowledge() }
    }

    /// Takes what comes until `isDone`.
    ///
    /// - Parameters:
    ///   - onEvent: sees each numbered event.
    ///   - staysAwake: true while the thread shall not sleep.
    /// - Throws: `BenchError` if that doesn't come about in `seconds`.
    func run(
        within seconds: Int = 60, onEvent: (UInt32) -> Void = { _ in }, staysAwake: () -> Bool = { false },
        until isDone: () -> Bool
    ) throws {
        let deadline = Clock.now() + UInt64(seconds) * 1_000_000_000
        try Processors.on(processors) {
            while !isDone() {
                let isAwake = staysAwake()
                if try turn(milliseconds: isAwake ? 0 : Self.idle, onEvent) == 0 {
                    if !isAwake { for master in masters { try master.acknowledge() } }
                    guard Clock.now() < deadline else {
                        throw BenchError("not done in \(seconds) s: \(objects) objects")
                    }
                }
            }
        }
    }

    private func turn(milliseconds: Int32, _ onEvent: (UInt32) -> Void) throws -> Int {
        var received = 0
        let ready = try poller.wait(milliseconds: milliseconds) { index in
            received += try masters[index].takeAvailable(onEvent)
        }
        objects += received
        return ready
    }

    /// Expects events numbered from `first` on.
    func expectEvents(from first: UInt32) {
        for master in masters {
            master.checksEvents = true
            master.check = EventCheck(first: first)
        }
    }

    /// - Throws: `BenchError` unless every event has come to each master once, and in order unless that doesn't count.
    func requireEveryEvent(inOrder: Bool = true) throws {
        try settle()
        for check in masters.map(\.check) where !(inOrder ? check.isEven : check.isComplete) {
            throw BenchError("lost \(check.lost), twice \(check.duplicates), out of order \(check.misordered)")
        }
    }

    /// The event that the slowest master waits for.
    var slowest: UInt32 { masters.lazy.map(\.check.next).min() ?? 0 }

    /// Interrogates from all masters at once.
    ///
    /// - Returns: seconds until the last has the termination.
    func interrogate(_ commonAddress: UInt8 = 1, points: Int) throws -> Double {
        let before = objects
        let terminations = masters.map(\.terminations)
        let start = Clock.now()
        for master in masters { try master.interrogate(commonAddress) }
        try run { zip(masters, terminations).allSatisfy { $0.terminations > $1 } }
        let seconds = Double(Clock.now() - start) / 1e9
        guard objects - before == points * masters.count else {
            throw BenchError("\(objects - before) objects for \(points) points and \(masters.count) masters")
        }
        return seconds
    }
}
