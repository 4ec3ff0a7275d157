import Foundation
import TestBench
import TestSupport
import Testing

@Suite("End and restart of the station")
struct EndAndRestartTests {
    @Test("RED-19 at an orderly end idle masters get FIN at once, and no I frame")
    func shutdown() async throws {
        try await ConnectorFixture.with { fixture in
            let (started, stopped) = (
                try await RawMaster.connect(to: fixture.host), try await RawMaster.connect(to: fixture.host)
            )
            try await started.start()
            try await started.send(APDUs.S(2))
            fixture.connector.signal(SIGTERM)
            for master in [started, stopped] {
                let (apdus, time) = try await master.closed()
                #expect(apdus == [])
                #expect(time < .seconds(3), "\(time)")
            }
            #expect(try await fixture.connector.waitForExit() == .exited(0))
        }
    }

    @Test("RED-20 INI-01 killed and started again: connections break, T70 with COI 0 comes, events are not kept")
    func restart() async throws {
        try await ConnectorFixture.with { fixture in
            let before = try await RawMaster.connect(to: fixture.host)
            try await before.start()
            try await fixture.set(2, 4001, #"{"value":true}"#)
            _ = try await before.next()
            await fixture.connector.kill()
            try await before.closed()
            // The health of the killed one still says Running; it is out of the way.
            try await fixture.redis.send(["DEL", ConnectorFixture.keys.health])
            let again = try ConnectorProcess(id: ConnectorFixture.id, store: fixture.redis.configuration)
            try await again.waitUntilRunning()
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.send(APDUs.startAct)
            #expect(try await master.next() == APDUs.startCon)
            for (number, address) in ["01", "02"].enumerated() {
                let apdu = try await master.next()
                #expect(apdu == APDUs.I(number, 0, "46 01 04 00 \(address) 00 00 00 00 00"))
            }
            try await master.send(APDUs.I(0, 2, APDUs.interrogation))
            let answer = [try await master.next(), try await master.next()].map { $0.dropFirst(18) }
            #expect(answer == ["64 01 07 00 02 00 00 00 00 14", "01 01 14 00 02 00 A1 0F 00 01"])
            await again.kill()
        }
    }

    @Test("INI-03 a change of the configuration that ends the connections is told with bit 8 of COI")
    func changedParameters() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await RawMaster.connect(to: fixture.host)
            try await master.start()
            let changed = ConnectorFixture.configuration(host: fixture.host, #", "protocol": { "k": 10 }"#)
            try await fixture.redis.send(["SET", ConnectorFixture.keys.configuration, changed])
            try await master.closed()
            let next = try await RawMaster.connect(to: fixture.host)
            try await next.send(APDUs.startAct)
            #expect(try await next.next() == APDUs.startCon)
            #expect(try await next.next() == APDUs.I(0, 0, "46 01 04 00 01 00 00 00 00 80"))
        }
    }
}
