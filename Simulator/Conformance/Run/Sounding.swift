import ControllingStation
import IEC104Model
import NIOCore

/// Finds out, before the run, what cases need to know of a station and the profile doesn't say.
package enum Sounding {
    /// The target could not be used.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reaches the station, finds a harmless request, and asks for its points if the profile has none.
    ///
    /// - Throws: `Failure` if it can't be reached or never confirms STARTDT act.
    package static func sound(_ target: TestTarget) async throws -> TestTarget {
        var target = target
        let log = FrameLog()
        let run = CaseRun(target, log: log, lease: PointLease(), witness: Witness())
        do {
            let connection = try await run.connect()
            try await connection.send(.startDataTransferActivation)
            try await connection.expect(.function(.startDataTransferConfirmation), within: run.pace.prompt * 2)
            if target.profile.points.isEmpty { target.profile.discover(try await points(connection)) }
            if let harmless = try await harmless(target, connection) { target.harmless = harmless }
            await run.end()
            return target
        } catch CaseStop.failed(let expected, let came) {
            await run.end()
            throw Failure(description: "\(target.host):\(target.port): expected \(expected); came \(came)")
        }
    }

    /// What a broadcast interrogation reports; empty if it is refused.
    private static func points(_ connection: ProbeConnection) async throws -> [ReportedPoint] {
        let request = RawRequest(100, ca: 65_535, [20])
        try await connection.send(request)
        var points: [ReportedPoint] = []
        var deadline = NIODeadline.now() + .seconds(5)
        while case .frame(let frame) = try await connection.next(until: deadline) {
            points += frame.cause == 20 ? frame.points : []
            if frame.type == 100, frame.cause == 10 { deadline = .now() + .seconds(1) }
        }
        return points
    }

    /// The first of the harmless requests that is answered; nil if none is.
    private static func harmless(
        _ target: TestTarget, _ connection: ProbeConnection
    ) async throws -> TestTarget.Harmless? {
        for harmless in TestTarget.Harmless.allCases {
            var target = target
            target.harmless = harmless
            let run = CaseRun(target, log: FrameLog(), lease: PointLease(), witness: Witness())
            try await connection.send(run.harmless)
            do {
                try await connection.expect(run.harmlessAnswer)
                return harmless
            } catch CaseStop.failed(_, let came) where !came.hasSuffix("the end of connection \(connection.label)") {
                continue
            }
        }
        return nil
    }
}

extension StationProfile {
    /// Takes the points that a station has reported. Without any, and without commands, its common addresses stay unknown.
    mutating func discover(_ reported: [ReportedPoint]) {
        isDiscovered = true
        for point in reported {
            let (ca, ioa) = (point.address.commonAddress.rawValue, point.address.informationObjectAddress.rawValue)
            let found = ProfilePoint(Int(ca), Int(ioa), point.type)
            if !points.contains(where: { $0.address == found.address }) { points.append(found) }
        }
        commonAddresses = declaredCommonAddresses
    }
}
