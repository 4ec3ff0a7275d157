import IEC104Model
import NIOCore
import Testing

@testable import IEC104Station

/// A station whose timer is late: time has passed, and `deadlineReached` has not been called.
@Suite("Commands whose time is over before the timer says so")
struct CommandTimeTests {
    private let select = "2D 01 06 00 01 00 01 00 00 81"
    private let execute = "2D 01 06 00 01 00 01 00 00 01"

    private func harness(_ definition: CommandDefinition) -> (StationHarness, TestSession) {
        let harness = StationHarness()
        harness.station.define(
            [], commonAddresses: [definition.address.commonAddress], settings: harness.station.settings,
            now: harness.now)
        harness.station.define(commands: [definition])
        harness.station.onCommand = { order, _ in harness.station.commandGoesToStore(order) }
        return (harness, harness.startedSession())
    }

    @Test("CMD-08 a selection doesn't hold any more")
    func selection() {
        let (harness, session) = harness(
            CommandDefinition(address: PointAddress(1, 1), type: .C_SC_NA_1, selectBeforeOperate: true))
        session.receive(select)
        #expect(session.drain() == ["2D 01 07 00 01 00 01 00 00 81"])
        harness.pass(.seconds(10))
        session.receive(execute)
        #expect(session.drain() == ["2D 01 47 00 01 00 01 00 00 01"])
    }

    @Test("CMD-27 an execution is answered negatively, and the next one taken")
    func execution() {
        let (harness, session) = harness(CommandDefinition(address: PointAddress(1, 1), type: .C_SC_NA_1))
        session.receive(execute)
        harness.pass(.seconds(10))
        session.receive(execute)
        #expect(session.drain() == ["2D 01 47 00 01 00 01 00 00 01"])
        #expect(harness.station.isExecutingCommands)
    }
}
