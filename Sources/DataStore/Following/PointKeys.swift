/// A set of image keys that takes no more room than its elements: there may be a million of them, and it is kept.
package struct PointKeys: Hashable, Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
    private let sorted: ContiguousArray<PointKey>

    package init(_ keys: some Sequence<PointKey>) {
        var sorted = ContiguousArray(keys)
        sorted.sort()
        if zip(sorted, sorted.dropFirst()).contains(where: { $0 == $1 }) {
            var last: PointKey?
            sorted.removeAll { key in
                defer { last = key }
                return key == last
            }
        }
        self.sorted = sorted
    }

    package init(arrayLiteral elements: PointKey...) {
        self.init(elements)
    }

    package var startIndex: Int { sorted.startIndex }
    package var endIndex: Int { sorted.endIndex }
    package subscript(index: Int) -> PointKey { sorted[index] }

    package func contains(_ key: PointKey) -> Bool {
        let index = sorted.lowerBound(of: key)
        return index < sorted.endIndex && sorted[index] == key
    }

    package func subtracting(_ others: PointKeys) -> PointKeys {
        PointKeys(lazy.filter { !others.contains($0) })
    }

    package func union(_ others: PointKeys) -> PointKeys {
        others.isEmpty ? self : PointKeys(ContiguousArray(self) + others)
    }
}

extension PointKey: Comparable {
    package static func < (left: PointKey, right: PointKey) -> Bool {
        (left.commonAddress, left.objectAddress) < (right.commonAddress, right.objectAddress)
    }
}

extension ContiguousArray<PointKey> {
    /// In a sorted array, the index of the first key that isn't less than `key`.
    func lowerBound(of key: PointKey) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
