import Conformance
import ControllingStation
import IEC104Model
import NIOCore

/// Counters, clock, and time-tagged commands of the station.
extension FaultyStation {
    func interrogateCounters(_ request: FaultyRequest, _ connection: Int) {
        if defect == .confirmsFreeze, request.qualifier == 0x45 {
            return send(request.answer(7, defect), to: connection)
        }
        guard request.qualifier == 5 else { return refuse(request, 7, connection) }
        for own in owned(request) {
            answer(connection, isAnswer: false) { [defect] in own.answer(7, defect) }
            for point in Self.points where point.isCounter && point.commonAddress == own.commonAddress {
                let cause: UInt8 = defect == .reportsCountersWithCause3 ? 3 : 37
                answer(connection) { [self] in report(point, cause: cause, originator: request.originator) }
            }
            if defect != .doesNotTerminate { answer(connection) { [defect] in own.answer(10, defect) } }
        }
    }

    /// Confirms the time and leaves the clock as it is.
    func setClock(_ request: FaultyRequest, _ connection: Int) {
        if defect == .confirmsClockByBroadcast { return send(request.answer(7, defect), to: connection) }
        for own in owned(request) { send(own.answer(7, defect), to: connection) }
    }

    /// A time tag that is invalid, or further than half a minute from the present.
    func isOutdated(_ request: FaultyRequest) -> Bool {
        var octets = ByteBuffer(bytes: request.octets.suffix(CP56Time2a.encodedSize))
        guard let time = try? CP56Time2a(decoding: &octets), !time.isInvalid,
            let moment = time.millisecondsSince1970()
        else { return true }
        return abs(WallClock.milliseconds() - moment) > 30_000
    }

    /// The request as each common address has it.
    private func owned(_ request: FaultyRequest) -> [FaultyRequest] {
        (1...2).filter { request.commonAddress == 65_535 || request.commonAddress == $0 }.map {
            request.addressed(to: $0)
        }
    }
}
