import IEC104Model
import IEC104Station
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("The queue of commands")
struct CommandQueueTests {
    private func order(_ number: Int) -> CommandOrder {
        CommandOrder(
            id: "run-\(number)",
            address: PointAddress(commonAddress: 1, informationObjectAddress: 2001), type: .C_SC_NA_1,
            value: .single(true), qualifier: 0, cause: .activation, originatorAddress: 0, client: "192.0.2.1",
            timeTag: nil)
    }

    @Test("CMD-56 takes as many as it says, refuses the next one, and gives them back in their order")
    func capacity() async {
        let queue = CommandQueue()
        for number in 0..<CommandQueue.capacity { #expect(queue.put(order(number), until: .now())) }
        #expect(!queue.put(order(CommandQueue.capacity), until: .now()))
        var elements = queue.elements.makeAsyncIterator()
        for number in 0..<10 {
            let element = await elements.next()
            #expect(element?.order.id == "run-\(number)")
        }
        #expect(queue.put(order(0), until: .now()), "there is room again")
    }
}
