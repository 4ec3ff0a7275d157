import Testing

@testable import DataStore

@Suite("Numbers for many image keys")
struct KeyDigestsTests {
    @Test("are what a dictionary would hold, whatever is added, changed, removed, dropped or packed", arguments: 1...5)
    func likeDictionary(seed: UInt64) {
        var (digests, model) = (KeyDigests(), [PointKey: UInt64]())
        var random = seed
        func next(_ bound: UInt64) -> UInt64 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (random >> 33) % bound
        }
        for step in 0..<20_000 {
            let key = PointKey(commonAddress: UInt16(next(3)), objectAddress: UInt32(next(4000)))
            let digest = next(4) == 0 ? nil : next(1_000_000)
            digests[key] = digest
            model[key] = digest
            switch step % 5000 {
            case 1234: digests.pack()
            case 3456:
                digests.update { $0.objectAddress.isMultiple(of: 3) ? nil : $1 + 1 }
                model = model.filter { !$0.key.objectAddress.isMultiple(of: 3) }.mapValues { $0 + 1 }
            default: break
            }
            if step.isMultiple(of: 997) { #expect(model.allSatisfy { digests[$0.key] == $0.value }) }
        }
        let keys = digests.allKeys
        #expect(keys.count == model.count && Set(keys) == Set(model.keys))
        #expect(model.allSatisfy { digests[$0.key] == $0.value })
    }
}
