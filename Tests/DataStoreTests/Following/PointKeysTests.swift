import Testing

@testable import DataStore

@Suite("Sets of image keys")
struct PointKeysTests {
    private func key(_ commonAddress: UInt16, _ object: UInt32) -> PointKey {
        PointKey(commonAddress: commonAddress, objectAddress: object)
    }

    @Test("hold each key once, in the order of common address and object address")
    func order() {
        let keys = PointKeys([key(2, 1), key(1, 9), key(1, 2), key(2, 1), key(1, 9)])
        #expect(Array(keys) == [key(1, 2), key(1, 9), key(2, 1)])
        #expect(keys == [key(2, 1), key(1, 2), key(1, 9)])
        for key in keys { #expect(keys.contains(key)) }
        for other in [key(0, 1), key(1, 1), key(1, 3), key(2, 0), key(2, 2), key(3, 1)] {
            #expect(!keys.contains(other))
        }
        #expect(!PointKeys([]).contains(key(1, 1)))
    }

    @Test("are united, and taken from one another")
    func algebra() {
        let (left, right): (PointKeys, PointKeys) = ([key(1, 1), key(1, 2), key(1, 3)], [key(1, 2), key(1, 4)])
        #expect(left.subtracting(right) == [key(1, 1), key(1, 3)])
        #expect(left.union(right) == [key(1, 1), key(1, 2), key(1, 3), key(1, 4)])
        #expect(left.union([]) == left && left.subtracting(left).isEmpty)
    }
}
