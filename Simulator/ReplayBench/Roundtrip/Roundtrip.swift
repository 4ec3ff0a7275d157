import ControllingStation
import DataStore
import NIOPosix
import Replay
import TestBench

/// What a capture monitored goes through a store and a connector, and is compared with what a controlling station gets:
/// throwaway Redis, the real connector as a process of its own, a mapping made from the capture.
package struct Roundtrip: Sendable {
    /// What the user sees while it runs.
    package typealias Progress = @Sendable (borrowing MonitoredTraffic, RoundtripReport, _ stage: String) -> Void

    private static let id = "roundtrip"

    private let file: String
    private let port: UInt16?
    private let patience: Duration
    private let progress: Progress

    /// - Parameters:
    ///   - file: the path of the capture, which is read once to see its points, and once for each round.
    ///   - port: the only port that counts; nil recognizes connections by port 2404 and by what they carry.
    ///   - patience: how long nothing may come out while something is due.
    package init(
        file: String, port: UInt16? = nil, patience: Duration = .seconds(20),
        progress: @escaping Progress = { _, _, _ in }
    ) {
        self.file = file
        self.port = port
        self.patience = patience
        self.progress = progress
    }

    /// Runs it.
    ///
    /// - Throws: `CaptureFault` if the capture can't be opened; `BenchError`, `StoreError`, `ConnectFault` if the chain can't be set up or breaks.
    package func run() async throws -> RoundtripReport {
        var report = RoundtripReport(file: file)
        let survey = try survey(into: &report)
        try Task.checkCancellation()
        (report.points, report.rounds, report.fault) = (survey.count, survey.rounds.count, survey.fault)
        guard survey.count > 0 else { return report }
        return try await withThrowawayRedis { redis in
            for index in survey.rounds.indices { report = try await round(index, of: survey, redis, report) }
            return report
        }
    }

    private func survey(into report: inout RoundtripReport) throws(CaptureFault) -> PointSurvey {
        try PointSurvey(file: file, port: port) { traffic, items in
            for item in items { report.count(item) }
            report.packets = traffic.packets
            progress(traffic, report, "looking for points")
        }
    }

    private func round(
        _ index: Int, of survey: PointSurvey, _ redis: ThrowawayRedis, _ report: RoundtripReport
    ) async throws -> RoundtripReport {
        let round = survey.rounds[index]
        let host = LoopbackAddress.next()
        let keys = StoreKeys(id: Self.id)
        try await redis.send(["FLUSHALL"])
        try await redis.send(["SET", keys.configuration, round.configuration(host: host)])
        try await redis.send(["SET", keys.mapping, round.mapping])
        let connector = try ConnectorProcess(id: Self.id, store: redis.configuration, logLevel: "info")
        do {
            try await connector.waitUntilRunning()
            let store = try await RedisConnection.connect(
                redis.configuration, on: MultiThreadedEventLoopGroup.singleton.next())
            let result = try await ControllingConnection.withConnection(host: host) { connection in
                // An interrogation answers with all points at once; its ASDUs wait until the answer is complete.
                let subscription = await connection.subscribe(highWatermark: 10_000 + 4 * round.count)
                try await connection.startDataTransfer()
                let session = RoundtripSession(
                    round, connection: connection, subscription: subscription, store: store, patience: patience,
                    report: report)
                return try await feed(session, index, of: survey)
            }
            await store.close()
            await connector.stop(grace: .seconds(5))
            return result
        } catch {
            let ended = connector.status.map { "; the connector has ended with \($0)" } ?? ""
            await connector.kill()
            let log = connector.lines.suffix(10).map(\.text).joined(separator: "\n")
            throw BenchError("\(error)\(ended); the connector's last lines:\n\(log)")
        }
    }

    private func feed(
        _ session: RoundtripSession, _ index: Int, of survey: PointSurvey
    ) async throws -> RoundtripReport {
        var session = session
        var traffic = try MonitoredTraffic(path: file, port: port)
        while let items = traffic.next() {
            for case .object(let object) in items where survey.round(of: object) == index {
                try await session.take(object)
            }
            progress(traffic, session.report, "round \(index + 1) of \(survey.rounds.count)")
        }
        try Task.checkCancellation()
        try await session.finish()
        return session.report
    }
}
