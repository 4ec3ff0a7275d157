import ControllingStation
import IEC104Model
import NIOCore
import TestBench
import Testing

@Suite("Back-pressure")
struct BackpressureTests {
    private static let buffer = 2000
    private static let round = 3000

    @Test(
        "PHY-09 99 masters get every event while one never reads; it alone is closed each time, and memory stays flat",
        .timeLimit(.minutes(6)))
    func oneOfHundred() async throws {
        // With a short t1 the silent one would be closed for its silence, on a machine that is slow to feed it.
        let fields = #", "events": { "buffer": \#(Self.buffer) }, "protocol": { "t1": 255 }"#
        try await ConnectorFixture.with(configuration: {
            ConnectorFixture.configuration(host: $0, maxConnections: 100, fields)
        }) { fixture in
            var masters: [TestMaster] = []
            for _ in 0..<99 { masters.append(try await fixture.startedMaster()) }
            var memory: [Int] = []
            for number in 1...4 {
                let silent = try await RawMaster.connect(to: fixture.host, from: LoopbackAddress.next(), reads: false)
                try await silent.send("68 04 07 00 00 00")
                try await eventually("it is started") {
                    try await fixture.health("connections")?.ranges(of: #""started":true"#).count == 100
                }
                // In step with all that read, so that none of those can fall behind as far.
                for start in stride(from: 0, to: Self.round, by: 100) {
                    let values = (start..<start + 100).map { Float(number * Self.round + $0) }
                    try await fixture.redis.send(
                        values.map { ["XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\($0)"] })
                    for master in masters {
                        let received = try await master.points(100, within: .seconds(60)).map(\.information?.value)
                        #expect(received == values.map { .shortFloat($0) })
                    }
                }
                try await eventually("it is closed and counted", within: .seconds(60)) {
                    let (clients, overruns) = (
                        try await fixture.health("clients"), try await fixture.health("overruns")
                    )
                    return clients == "99" && overruns == "\(number)"
                }
                memory.append(try fixture.connector.residentMemory())
                await silent.close()
            }
            try await fixture.waitForError("client-overrun", "events behind")
            #expect(fixture.connector.lines.contains { $0.text.contains("client-overrun") })
            for master in masters {
                let count = try await master.connection.interrogate(commonAddress: 1).points.count
                #expect(count == 14)
            }
            // The first round fills caches; 9000 events kept 100 times over would be 20 MiB and more.
            let grown = (memory.last ?? 0) - (memory.first ?? 0)
            #expect(grown < 8 << 20, "\(memory.map { $0 >> 10 }) KiB")
        }
    }
}
