import IEC104Model
import Load
import NIOCore
import Testing

@Suite("The events of a load")
struct EventPlanTests {
    @Test("an event is due when it is, whether or not the ones before have come")
    func schedule() {
        let schedule = EventSchedule(start: .uptimeNanoseconds(1_000_000_000), rate: 4)
        #expect(schedule.due(0) == schedule.start)
        #expect(schedule.due(10) == schedule.start + .milliseconds(2500))
        #expect(schedule.count(at: schedule.start - .nanoseconds(1)) == 0)
        #expect(schedule.count(at: schedule.start) == 1)
        #expect(schedule.count(at: schedule.start + .milliseconds(2499)) == 10)
        #expect(schedule.count(at: schedule.start + .milliseconds(2500)) == 11)
    }

    @Test("the points take turns, and numbers count up across the largest one")
    func turns() {
        let plan = EventPlan(
            count: 5, rate: 1, commonAddress: CommonAddress(rawValue: 7), firstAddress: 100, points: 3,
            firstNumber: UInt32.max - 1)
        let indices: Range<UInt32> = 0..<5
        #expect(indices.map { plan.objectAddress($0) } == [100, 101, 102, 100, 101])
        #expect(indices.map { plan.number($0) } == [UInt32.max - 1, UInt32.max, 0, 1, 2])
    }

    @Test("a load that follows another one begins beyond its numbers")
    func following() {
        let address = CommonAddress(rawValue: 1)
        let one = EventPlan(count: 100_000, rate: 100_000, commonAddress: address, firstAddress: 1, points: 1)
        let soon = EventPlan(count: 1, rate: 1, commonAddress: address, firstAddress: 1, points: 1)
        // No load counts faster than 100 in a millisecond, which is what the first number grows by.
        #expect((soon.firstNumber &- one.firstNumber) % 100 == 0)
        #expect(soon.firstNumber &- one.firstNumber < 100_000)
    }
}
