import DataStore
import Synchronization
import TestBench

/// Writes the updates, each with a number of its own. What it could not write, or doesn't know about, it doesn't write again:
/// what the store holds in the end is the truth.
final class SoakWriter: Sendable {
    /// Between two batches.
    private static let interval = Duration.milliseconds(50)
    /// Now and then there is a burst of so many updates.
    private static let burst = 1000
    private static let pageSize = 5000

    /// What the time tag of update number 0 would be, in milliseconds since 1970 UTC; each update is 1 ms later.
    let origin: Int64
    private let connection: KeptConnection
    private let number = Mutex<UInt32>(1)
    private let isStopped = Atomic(false)

    init(_ configuration: StoreConfiguration, origin: Int64) {
        connection = WriterConnection.make(configuration)
        self.origin = origin
    }

    /// The number of the next update.
    var nextNumber: UInt32 { number.withLock { $0 } }

    /// Writes at about `rate` updates a second until `stop`.
    func run(rate: Double, random: SeededGenerator) async {
        var random = random
        let perBatch = max(Int(2 * rate * (Self.interval / .seconds(1))), 1)
        while !isStopped.load(ordering: .acquiring), !Task.isCancelled {
            let isBurst = Int.random(in: 0..<200, using: &random) == 0
            let count = isBurst ? Self.burst : Int.random(in: 0...perBatch, using: &random)
            let commands = (0..<count).flatMap { _ in
                SoakPoint.all.randomElement(using: &random).map { update($0) } ?? []
            }
            _ = try? await connection.send(commands)
            try? await Task.sleep(for: Self.interval)
        }
    }

    func stop() {
        isStopped.store(true, ordering: .releasing)
    }

    /// Writes an update of every point.
    ///
    /// - Throws: `StoreError` unless all have been written.
    func writeAll() async throws {
        for reply in try await connection.send(SoakPoint.all.flatMap { update($0) }) { _ = try reply.orThrow() }
    }

    /// Sets string keys.
    ///
    /// - Throws: `StoreError` unless they have been written.
    func set(_ values: [String: String]) async throws {
        for reply in try await connection.send(values.map { ["SET", $0, $1] }) { _ = try reply.orThrow() }
    }

    func close() async {
        await connection.close()
    }

    private func update(_ point: SoakPoint) -> [RedisCommand] {
        let number = number.withLock { number in
            defer { number += 1 }
            return number
        }
        let time = ["timestamp", String(origin + Int64(number))]
        let fields = ["value", String(number)] + (point.kind == .undated ? [] : time)
        let document = #"{"value":\#(number),"timestamp":\#(origin + Int64(number))}"#
        let write = point.isHash ? RedisCommand(["HSET", point.key] + fields) : ["SET", point.key, document]
        let add = RedisCommand(
            ["XADD", SoakDocuments.stream, "*", "casdu", "\(SoakPoint.commonAddress)", "ioa", "\(point.objectAddress)"]
                + fields)
        return switch point.kind {
        case .event, .undated: [add]
        case .paired: [["MULTI"], write, add, ["EXEC"]]
        case .state: [write]
        }
    }

    // MARK: What the store holds

    /// Reads the stream from its beginning, and the image.
    ///
    /// - Throws: `StoreError`.
    func stored() async throws -> StoredUpdates {
        var stream: [StoredUpdates.Entry] = []
        var start = "-"
        while true {
            let reply = try await connection.send([
                ["XRANGE", SoakDocuments.stream, start, "+", "COUNT", String(Self.pageSize)]
            ])
            let entries = try reply.first?.orThrow().elements ?? []
            stream += entries.compactMap { Self.entry($0.elements?.last?.elements?.compactMap(\.string) ?? []) }
            guard let last = entries.last?.elements?.first?.string, entries.count == Self.pageSize else { break }
            start = "(\(last)"
        }
        var image = Dictionary(stream.lazy.map { ($0.objectAddress, $0.number) }) { _, last in last }
        for point in SoakPoint.all where point.kind == .state {
            let read: RedisCommand = point.isHash ? ["HGET", point.key, "value"] : ["GET", point.key]
            let text = try await connection.send([read]).first?.string ?? ""
            image[point.objectAddress] = UInt32(text.drop { !$0.isNumber }.prefix { $0.isNumber })
        }
        return StoredUpdates(stream: stream, image: image)
    }

    private static func entry(_ fields: [String]) -> StoredUpdates.Entry? {
        func value(_ name: String) -> UInt32? {
            fields.firstIndex(of: name).flatMap { $0 + 1 < fields.count ? UInt32(fields[$0 + 1]) : nil }
        }
        guard let number = value("value"), let address = value("ioa") else { return nil }
        return StoredUpdates.Entry(number: number, objectAddress: address)
    }
}
