import NIOCore
import Testing

@testable import DataStore

@Suite("What was delivered of the image")
struct DeliveredImageTests {
    private static func key(_ object: UInt32) -> PointKey { PointKey(commonAddress: 1, objectAddress: object) }

    private func read(_ object: UInt32, _ text: String?) -> ImageRead {
        ImageRead(key: Self.key(object), content: text.map { .json(ByteBuffer(string: $0)) } ?? .absent)
    }

    private func plan(_ objects: UInt32..., reload: PointKeys = []) -> FollowPlan {
        FollowPlan(inputStream: "s", points: .only(PointKeys(objects.map(Self.key))), reload: reload)
    }

    /// The points 1 to 3 with their number, and 4, which doesn't exist.
    private func delivered() -> DeliveredImage {
        var delivered = DeliveredImage()
        delivered.begin(plan(1, 2, 3, 4))
        delivered.note([read(1, "1"), read(2, "2"), read(3, "3"), read(4, nil)])
        delivered.complete(plan(1, 2, 3, 4))
        return delivered
    }

    @Test("another text is news, and so is a key that has come or gone")
    func news() {
        let delivered = delivered()
        #expect([read(1, "1"), read(2, "2"), read(4, nil)].allSatisfy { !delivered.isNews($0) })
        #expect([read(1, "2"), read(1, nil), read(4, "4"), read(9, "9")].allSatisfy { delivered.isNews($0) })
        #expect(delivered.keys == Set([1, 2, 3].map(Self.key)))
    }

    @Test("a plan that reads a point in another way makes it news, one without it forgets it")
    func otherPlan() {
        var delivered = delivered()
        delivered.begin(plan(1, 2, reload: [Self.key(2)]))
        #expect(!delivered.isNews(read(1, "1")) && delivered.isNews(read(2, "2")))
        #expect(delivered.isNews(read(2, nil)), "it existed")
        #expect(delivered.keys == Set([1, 2].map(Self.key)))
    }

    @Test("when entries are lost all is news, but for what isn't there")
    func loss() {
        var delivered = delivered()
        delivered.forget()
        #expect([read(1, "1"), read(2, "2"), read(3, nil)].allSatisfy { delivered.isNews($0) })
        #expect(!delivered.isNews(read(4, nil)))
    }
}
