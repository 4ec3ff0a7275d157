import DataStore
import NIOCore
import Synchronization
import TestBench

/// A delegate that remembers everything it is told, in order.
final class Recording: StoreFollowerDelegate {
    enum Event: Sendable {
        case store(StoreState)
        case flushed
        case documents(configuration: String?, mapping: String?)
        case unreadable(key: String, reason: String)
        case image([ImageRead])
        case snapshot
        case entries([StreamEntry])
        case gap(StreamGap)
        case refused(stream: String, RedisError)
        case accepted(stream: String)
    }

    typealias Planner = @Sendable (_ configuration: String?, _ mapping: String?) -> FollowPlan?

    private let all = Mutex<[Event]>([])
    private let newest = Mutex<[PointKey: ImageRead.Content]>([:])
    private let mapping = Mutex<String?>(nil)
    private let planner: Planner
    private let isMapped: @Sendable (_ data: String, _ mapping: String?) -> Bool
    private let before: @Sendable (Event) async -> Void

    /// - Parameters:
    ///   - before: runs before each event is recorded; as long as it does, the follower waits.
    ///   - isMapped: whether an entry is about a point that the mapping names; by default each is.
    ///   - planner: what to follow; by default every point, and `process:updates`.
    init(
        before: @escaping @Sendable (Event) async -> Void = { _ in },
        isMapped: @escaping @Sendable (_ data: String, _ mapping: String?) -> Bool = { _, _ in true },
        planner: @escaping Planner = { _, _ in FollowPlan(inputStream: "process:updates", points: .all) }
    ) {
        self.before = before
        self.isMapped = isMapped
        self.planner = planner
    }

    private func record(_ event: Event) async {
        await before(event)
        all.withLock { $0.append(event) }
    }

    func storeChanged(_ state: StoreState) async { await record(.store(state)) }
    func documentUnreadable(_ key: String, reason: String) async { await record(.unreadable(key: key, reason: reason)) }
    func image(_ reads: [ImageRead]) async {
        await record(.image(reads))
        newest.withLock { newest in
            for read in reads { newest[read.key] = read.content }
        }
    }
    func snapshotCompleted() async { await record(.snapshot) }
    func entries(_ entries: [StreamEntry], of stream: String, areDocumentsCertain: Bool) async -> Int {
        let mapping = mapping.withLock { $0 }
        let isTaken = { [isMapped] (entry: StreamEntry) in areDocumentsCertain || isMapped(entry.data, mapping) }
        let taken = Array(entries.prefix(while: isTaken))
        if !taken.isEmpty { await record(.entries(taken)) }
        return taken.count
    }
    func gap(_ gap: StreamGap) async { await record(.gap(gap)) }
    func inputStreamRefused(_ stream: String, _ error: RedisError) async {
        await record(.refused(stream: stream, error))
    }
    func inputStreamAccepted(_ stream: String) async { await record(.accepted(stream: stream)) }

    func storeFlushed() async { await record(.flushed) }

    func documentsChanged(configuration: ByteBuffer?, mapping: ByteBuffer?) async -> FollowPlan? {
        let texts = (configuration.map { String(buffer: $0) }, mapping.map { String(buffer: $0) })
        await record(.documents(configuration: texts.0, mapping: texts.1))
        self.mapping.withLock { $0 = texts.1 }
        return planner(texts.0, texts.1)
    }

    // MARK: Looking back

    var events: [Event] { all.withLock { $0 } }

    var snapshots: Int {
        events.count { if case .snapshot = $0 { true } else { false } }
    }

    var gaps: [StreamGap] {
        events.compactMap { if case .gap(let gap) = $0 { gap } else { nil } }
    }

    var states: [StoreState] {
        events.compactMap { if case .store(let state) = $0 { state } else { nil } }
    }

    var documents: [String] {
        events.compactMap {
            if case .documents(let configuration, let mapping) = $0 {
                "\(configuration ?? "none") \(mapping ?? "none")"
            } else {
                nil
            }
        }
    }

    var unreadable: [String] {
        events.compactMap { if case .unreadable(let key, let reason) = $0 { "\(key): \(reason)" } else { nil } }
    }

    var refusals: [RedisError] {
        events.compactMap { if case .refused(_, let error) = $0 { error } else { nil } }
    }

    /// The data of the entries that came before documents did.
    func dataBeforeDocuments(_ documents: String) -> [String] {
        var data: [String] = []
        for event in events {
            switch event {
            case .entries(let entries): data += entries.compactMap { $0.fields.first.map { String(buffer: $0.value) } }
            case .documents(let configuration, let mapping)
            where documents == "\(configuration ?? "none") \(mapping ?? "none")":
                return data
            default: continue
            }
        }
        return data
    }

    /// Every entry, as `Event.entries` brought them.
    var entries: [StreamEntry] {
        events.flatMap { if case .entries(let entries) = $0 { entries } else { [StreamEntry]() } }
    }

    /// The field `data` of every entry.
    var data: [String] {
        entries.map(\.data)
    }

    /// What every key was read as last.
    var image: [PointKey: ImageRead.Content] { newest.withLock { $0 } }

    /// What a key was read as, again and again.
    func image(_ object: UInt32) -> [String] {
        let key = PointKey(commonAddress: 1, objectAddress: object)
        return events.flatMap { event -> [String] in
            guard case .image(let reads) = event else { return [] }
            return reads.filter { $0.key == key }.map(\.content.text)
        }
    }
}

extension StreamEntry {
    /// The field `data`.
    fileprivate var data: String {
        fields.first { $0.name == "data" }.map { String(buffer: $0.value) } ?? ""
    }
}

extension ImageRead.Content {
    /// Short, for expectations.
    var text: String {
        switch self {
        case .json(let text): String(buffer: text)
        case .hash(let fields): fields.map { "\($0.name)=\(String(buffer: $0.value))" }.joined(separator: " ")
        case .absent: "absent"
        case .unusable(let reason): "unusable: \(reason)"
        }
    }
}
