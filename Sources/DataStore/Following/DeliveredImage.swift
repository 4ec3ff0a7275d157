/// What the image keys held when it was delivered last.
///
/// A key that is read again without anybody having written it, after a connection was lost or because the server reports
/// no changes, is no news if it holds what it held. Without that, a state that was written once would set back a point
/// that only events have been about since, each time it is looked at.
struct DeliveredImage {
    /// What a key has that exists, but holds news whatever it holds.
    private static let unknown = KeyDigests.range.lowerBound

    /// A digest of each key that exists.
    private var digests = KeyDigests()
    /// What was followed when it was all delivered last.
    private(set) var plan: FollowPlan?

    /// The keys that existed.
    var keys: Set<PointKey> { Set(digests.allKeys) }

    /// False if the key holds what was delivered of it.
    func isNews(_ read: ImageRead) -> Bool {
        digests[read.key] != Self.digest(read.content)
    }

    mutating func note(_ reads: [ImageRead]) {
        for read in reads { digests[read.key] = Self.digest(read.content) }
    }

    /// `plan` is in force: what it doesn't follow is forgotten, and what it reads in another way is news.
    mutating func begin(_ plan: FollowPlan) {
        guard plan != self.plan else { return }
        digests.update { key, digest in
            guard plan.follows(key) else { return nil }
            return plan.reload.contains(key) ? Self.unknown : digest
        }
    }

    /// All that `plan` follows has been delivered.
    mutating func complete(_ plan: FollowPlan) {
        self.plan = plan
        digests.pack()
    }

    /// Entries are lost: what the keys hold is news, for it may be what the lost ones said.
    mutating func forget() {
        digests.update { _, _ in Self.unknown }
    }

    /// Nil for a key that doesn't exist.
    private static func digest(_ content: ImageRead.Content) -> UInt64? {
        var hasher = Hasher()
        switch content {
        case .absent: return nil
        case .json(let text):
            hasher.combine(0)
            hasher.combine(text)
        case .hash(let fields):
            hasher.combine(1)
            hasher.combine(fields)
        case .unusable(let reason):
            hasher.combine(2)
            hasher.combine(reason)
        }
        let digest = UInt64(bitPattern: Int64(hasher.finalize()))
        return min(max(digest, unknown + 1), KeyDigests.range.upperBound)
    }
}
