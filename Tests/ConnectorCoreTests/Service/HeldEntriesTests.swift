import DataStore
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("Entries that wait for documents")
struct HeldEntriesTests {
    private func entries(_ numbers: ClosedRange<Int>, size: Int = 1) -> [StreamEntry] {
        numbers.map { number in
            StreamEntry(
                id: StreamID(milliseconds: UInt64(number), sequence: 0),
                fields: [.init(name: "data", value: ByteBuffer(repeating: 0x20, count: size))])
        }
    }

    @Test("come back in order, once")
    func order() {
        var held = HeldEntries()
        held.expectDocuments()
        let areTaken = [held.hold(entries(1...3)[1...]), held.hold(entries(4...5)[...])]
        #expect(areTaken == [true, true])
        #expect(held.areDocumentsExpected && !held.isEmpty)
        let released = held.release()
        #expect(released == entries(2...5))
        #expect(held.isEmpty && !held.areDocumentsExpected)
    }

    @Test("are bounded in number and in size, and no more than that is taken", arguments: [(10_000, 1), (2, 8 << 20)])
    func bounds(count: Int, size: Int) {
        var held = HeldEntries()
        held.expectDocuments()
        let isFull = held.hold(entries(1...count, size: size)[...])
        let isOverfull = !held.hold(entries(1...1)[...])
        #expect(isFull && isOverfull)
        let released = held.release()
        #expect(released.count == count)
        let isEmptied = held.hold(entries(1...1)[...])
        #expect(isEmptied)
    }
}
