import IEC104Model
import IEC104Station
import NIOCore

/// An event on its way through the station: applied, and read by every session. Batches of 100.
enum EventBenchmark {
    private static let batch = 100
    private static let batches = 200

    static func fanOut(sessions count: Int) -> MicroBenchmark {
        MicroBenchmark(name: "an event to \(count) session\(count == 1 ? "" : "s")", count: batch * batches) {
            let station = Station.forBenchmark(points: 1000)
            let sessions = (0..<count).map { _ in station.makeSession(peer: "127.0.0.1") }
            for session in sessions { session.dataTransferStarted() }
            return MicroBenchmark.Body {
                var output = ByteBuffer()
                for number in 0..<batches {
                    for index in 0..<batch { station.applyBenchmarkEvent(UInt32((number * batch + index) % 1000 + 1)) }
                    station.flush()
                    for session in sessions {
                        output.clear()
                        while session.nextASDU(into: &output) {}
                    }
                }
                keep(output)
            }
        }
    }
}

extension Station {
    /// A station with objects 1...`points` of type M_ME_TF_1.
    static func forBenchmark(points: Int) -> Station {
        let station = Station(milliseconds: { 0 }, timeTag: { CP56Time2a(millisecondsSince1970: $0) })
        let definitions = (1...UInt32(points)).compactMap { object in
            InformationObjectAddress(rawValue: object).map { address in
                PointDefinition(
                    address: PointAddress(commonAddress: 1, informationObjectAddress: address), type: .M_ME_TF_1)
            }
        }
        station.define(definitions, settings: StationSettings(), now: .now())
        return station
    }

    fileprivate func applyBenchmarkEvent(_ object: UInt32) {
        guard let address = InformationObjectAddress(rawValue: object) else { return }
        apply(
            PointUpdate(
                address: PointAddress(commonAddress: 1, informationObjectAddress: address), type: .M_ME_TF_1,
                information: ProcessInformation(
                    value: .shortFloat(Float(object)), time: CP56Time2a(millisecondsSince1970: 0)),
                timestamp: 0, hasSourceTimestamp: true, kind: .event),
            now: .uptimeNanoseconds(0))
    }
}
