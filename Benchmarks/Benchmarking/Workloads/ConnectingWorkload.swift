import TestBench

/// (h) Connections: how many a second are accepted and started, one after the other.
enum ConnectingWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        run.note("h: connect and STARTDT")
        let floor = try FloorServer(points: 1)
        defer { floor.stop() }
        return try await ConnectorBench.with(points: 1) { bench in
            let count = run.isQuick ? 200 : 1000
            var rates: (floor: [Double], connector: [Double]) = ([], [])
            for _ in 0..<run.rounds {
                rates.floor.append(try rate(count, to: floor.host))
                rates.connector.append(try rate(count, to: bench.host))
            }
            return [Finding("h", "connect and STARTDT", unit: "1/s", floor: rates.floor, connector: rates.connector)]
        }
    }

    private static func rate(_ count: Int, to host: String) throws -> Double {
        let start = Clock.now()
        for _ in 0..<count {
            let master = try Master(to: host, port: 2404)
            master.socket.abortsOnClose()
            try master.start()
            while !master.isStarted { _ = try master.takeAvailable { _ in } }
        }
        return Double(count) / (Double(Clock.now() - start) / 1e9)
    }
}
