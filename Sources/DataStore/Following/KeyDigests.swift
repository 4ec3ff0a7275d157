/// A number for each of many keys, in little more room than both take: a hash table needs up to three times as much, and
/// there may be a million keys.
///
/// Most are in sorted arrays; those that were added last are in a small table, which is merged into the arrays as it
/// grows.
struct KeyDigests {
    private static let smallestMerge = 1024
    /// In place of the digest of a key that has none any more. To take it out of the arrays would move all behind it.
    private static let none = UInt64.max
    /// The digests there can be.
    static let range = 0...UInt64.max - 1

    private var keys: ContiguousArray<PointKey> = []
    private var digests: ContiguousArray<UInt64> = []
    private var added: [PointKey: UInt64] = [:]

    /// The digest of a key; nil if there is none.
    subscript(key: PointKey) -> UInt64? {
        get {
            guard let index = index(of: key) else { return added[key] }
            return digests[index] == Self.none ? nil : digests[index]
        }
        set {
            if let index = index(of: key) {
                digests[index] = newValue ?? Self.none
            } else {
                added[key] = newValue
                if added.count > max(Self.smallestMerge, keys.count / 8) { pack() }
            }
        }
    }

    /// All keys that have a digest, in no order.
    var allKeys: [PointKey] { zip(keys, digests).filter { $1 != Self.none }.map(\.0) + added.keys }

    /// Keeps those that `body` gives a digest for.
    mutating func update(_ body: (PointKey, UInt64) -> UInt64?) {
        pack()
        var kept = 0
        for index in keys.indices {
            guard digests[index] != Self.none, let digest = body(keys[index], digests[index]) else { continue }
            (keys[kept], digests[kept]) = (keys[index], digest)
            kept += 1
        }
        keys.removeSubrange(kept...)
        digests.removeSubrange(kept...)
    }

    /// Gives back what room isn't needed.
    mutating func pack() {
        guard !added.isEmpty else { return }
        let more = added.sorted { $0.key < $1.key }
        added = [:]
        var (mergedKeys, mergedDigests) = (ContiguousArray<PointKey>(), ContiguousArray<UInt64>())
        mergedKeys.reserveCapacity(keys.count + more.count)
        mergedDigests.reserveCapacity(keys.count + more.count)
        var next = 0
        for (key, digest) in more {
            while next < keys.count, keys[next] < key {
                mergedKeys.append(keys[next])
                mergedDigests.append(digests[next])
                next += 1
            }
            mergedKeys.append(key)
            mergedDigests.append(digest)
        }
        mergedKeys += keys[next...]
        mergedDigests += digests[next...]
        (keys, digests) = (mergedKeys, mergedDigests)
    }

    private func index(of key: PointKey) -> Int? {
        let index = keys.lowerBound(of: key)
        return index < keys.endIndex && keys[index] == key ? index : nil
    }
}
