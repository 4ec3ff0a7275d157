import ControllingStation
import IEC104Link
import IEC104Model
import TestBench

/// A master that connects again and again, and notes what it receives.
actor SoakMaster {
    /// How it behaves besides reading.
    enum Conduct: Sendable {
        /// It stays.
        case resident
        /// It takes its time over everything it reads.
        case slow
        /// It stays, and reads nothing when it is told so.
        case stalling
        /// It closes the connection after a while and comes back.
        case visiting
        /// It stops data transfer for a moment, now and then, and interrogates anew.
        case pausing
    }

    /// It acknowledges well before the station's t1 of 10 s is over, also while nothing more comes.
    private static let parameters = LinkParameters(t2: 3)
    /// Received ASDUs that wait at most; then nothing is read from the socket.
    private static let highWatermark = 64

    nonisolated let name: String
    private let conduct: Conduct
    private let host: String
    private let writer: SoakWriter
    private let disruptions: Disruptions
    private var random: SeededGenerator

    private(set) var sessions: [SessionRecord] = []
    /// The newest number received of each point, live or in an interrogation.
    private(set) var latest: [UInt32: UInt32] = [:]
    private var connection: ControllingConnection?
    private var answerStart: Int?
    private var stallEnd: ContinuousClock.Instant?
    private var isFinishing = false
    /// What it has done itself to the connection it has.
    private var (hasClosed, hasStalled) = (false, false)

    init(
        _ name: String, _ conduct: Conduct, host: String, writer: SoakWriter, disruptions: Disruptions,
        random: SeededGenerator
    ) {
        self.name = name
        self.conduct = conduct
        self.host = host
        self.writer = writer
        self.disruptions = disruptions
        self.random = random
    }

    /// Runs until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let moment = disruptions.now
            if let connection = try? await ControllingConnection.connect(host: host, parameters: Self.parameters) {
                await use(connection, since: moment)
                await connection.close()
            }
            try? await Task.sleep(for: .milliseconds(Int.random(in: 50...1000, using: &random)))
        }
    }

    /// Reads nothing for a while.
    func stall(for time: Duration) {
        stallEnd = .now + time
    }

    /// From now on it stays connected and reads.
    func finish() {
        isFinishing = true
        stallEnd = nil
    }

    /// The newest number received as an entry of the stream.
    var newestEvent: UInt32 {
        latest.lazy.filter { SoakPoint.byAddress[$0.key]?.kind != .state }.map(\.value).max() ?? 0
    }

    /// Sessions that have begun, and those of them that have ended.
    var sessionCounts: (begun: Int, ended: Int) {
        (sessions.count, sessions.count { $0.end != .open })
    }

    /// Interrogates.
    ///
    /// - Returns: the number of each point.
    /// - Throws: `BenchError` if there is no connection; what interrogating throws.
    func interrogate() async throws -> [UInt32: UInt32] {
        guard let connection else { throw BenchError("\(name) has no connection") }
        let answer = try await connection.interrogate(commonAddress: Self.commonAddress)
        return Dictionary(
            answer.points.lazy.compactMap { self.report($0) }.map { ($0.objectAddress, $0.number) }
        ) { _, last in last }
    }

    // MARK: A session

    private static let commonAddress = CommonAddress(rawValue: SoakPoint.commonAddress)

    private func use(_ connection: ControllingConnection, since moment: Int) async {
        let subscription = await connection.subscribe(highWatermark: Self.highWatermark)
        guard (try? await connection.startDataTransfer()) != nil else { return }
        sessions.append(SessionRecord(firstNumber: writer.nextNumber))
        (self.connection, answerStart, hasClosed, hasStalled) = (connection, nil, false, false)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await self.behave(connection) }
            for await asdu in subscription {
                take(asdu)
                await dawdle()
            }
            group.cancelAll()
        }
        self.connection = nil
        let reason = await connection.closeReason
        if hasClosed {
            note(.closed)
        } else if Task.isCancelled && reason == nil {
            note(.open)
        } else if disruptions.happened(since: moment) {
            note(.disrupted)
        } else {
            note(hasStalled ? .stalled : .unexplained("\(reason.map { "\($0)" } ?? "unknown")"))
        }
    }

    private func note(_ end: SessionRecord.End) {
        sessions[sessions.count - 1].end = end
    }

    private func behave(_ connection: ControllingConnection) async throws {
        try await sendInterrogation(connection)
        while !Task.isCancelled {
            try await Task.sleep(for: .milliseconds(Int.random(in: 1000...9000, using: &random)))
            guard !isFinishing else { return }
            switch conduct {
            case .resident, .slow, .stalling: return
            case .visiting:
                hasClosed = true
                return await connection.close()
            case .pausing:
                try await connection.stopDataTransfer()
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...1500, using: &random)))
                try await connection.startDataTransfer()
                try await sendInterrogation(connection)
            }
        }
    }

    private func sendInterrogation(_ connection: ControllingConnection) async throws {
        let command = InformationObject(
            address: .irrelevant, element: .C_IC_NA_1(C_IC_NA_1(qualifier: .station)))
        try await connection.send(ASDU(command, cause: .activation, commonAddress: Self.commonAddress))
    }

    private func dawdle() async {
        if conduct == .slow, !isFinishing {
            try? await Task.sleep(for: .milliseconds(Int.random(in: 0...12, using: &random)))
        }
        while let end = stallEnd, end > .now, !Task.isCancelled {
            hasStalled = true
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    // MARK: What is received

    private func take(_ asdu: ReceivedASDU) {
        let current = sessions.count - 1
        guard let content = asdu.asdu else {
            return sessions[current].reports.append(
                SessionRecord.Report(objectAddress: 0, number: 0, isIntact: false))
        }
        if content.identifier.typeIdentification == .C_IC_NA_1 {
            if content.identifier.cause == .activationConfirmation {
                answerStart = sessions[current].reports.count
            } else if let start = answerStart {
                sessions[current].interrogations.append(start..<sessions[current].reports.count)
                answerStart = nil
            }
        }
        for point in asdu.points {
            guard let report = report(point) else { continue }
            sessions[current].reports.append(report)
            latest[report.objectAddress] = report.number
        }
    }

    /// Nil for a point that isn't balanced.
    private func report(_ point: ReportedPoint) -> SessionRecord.Report? {
        let objectAddress = point.address.informationObjectAddress.rawValue
        guard let kind = SoakPoint.byAddress[objectAddress]?.kind else { return nil }
        let isInterrogated = point.cause == .interrogatedByStation
        guard let information = point.information, case .bitstring(let number) = information.value else {
            return SessionRecord.Report(objectAddress: objectAddress, number: 0, isIntact: false)
        }
        // A connector that was started anew hears of these points with their next event.
        let isUnknown = isInterrogated && kind == .event && information.quality == [.invalid, .notTopical]
        let time = CP56Time2a(millisecondsSince1970: writer.origin + Int64(number))
        let isIntact =
            isInterrogated
            ? point.type == .M_BO_NA_1 && (isUnknown ? number == 0 : information.quality == .good)
            : point.type == .M_BO_TB_1 && point.cause == .spontaneous && information.quality == .good
                && (information.time == time || kind == .undated)
        return SessionRecord.Report(
            objectAddress: objectAddress, number: number, isInterrogated: isInterrogated, isIntact: isIntact)
    }
}
