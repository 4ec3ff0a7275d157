import ControllingStation
import IEC104Model
import NIOCore

/// Compares the events that come out with those that were fed: for each point all of them, once, in order, unchanged.
struct EventLedger {
    /// An event that was fed, and the type that its point is served with.
    private struct Event {
        let object: RecordedObject
        let expected: ExpectedInformation
        /// An interrogation answer was fed as a spontaneous event.
        let cause: CauseOfTransmission
        /// Nil for answers without time tag: the time tag of the event is made up then.
        let type: TypeIdentification
        let comparesTime: Bool
    }

    private var waiting: [PointAddress: CircularBuffer<Event>] = [:]
    /// Events that haven't come out yet.
    private(set) var outstanding = 0

    /// An object is about to be fed.
    ///
    /// - Parameter type: what its point is served with.
    mutating func willFeed(_ object: RecordedObject, as type: TypeIdentification) {
        let event = Event(
            object: object, expected: ExpectedInformation(object.information),
            cause: object.isInterrogated ? .spontaneous : object.cause, type: type,
            comparesTime: object.type.hasTimeTag)
        waiting[object.address, default: CircularBuffer()].append(event)
        outstanding += 1
    }

    /// Takes what has come out; answers to interrogations are none of its business.
    mutating func take(_ asdu: ReceivedASDU, into report: inout RoundtripReport) {
        if case .failure(let fault) = asdu.content { report.addMalformed("\(fault)") }
        for point in asdu.points where !point.cause.isInterrogation { take(point, into: &report) }
    }

    private mutating func take(_ point: ReportedPoint, into report: inout RoundtripReport) {
        var events = waiting[point.address] ?? CircularBuffer()
        guard let first = events.first else {
            return report.add(
                Difference(
                    kind: .unexpected, address: point.address, type: nil, frame: nil,
                    message: "received \(Self.text(point)), but nothing more was fed"))
        }
        // A match further on tells that events are missing; no match at all, that the next one was changed.
        let index = events.firstIndex { Self.difference($0, point) == nil } ?? events.startIndex
        for event in events[events.startIndex..<index] {
            report.add(.order, event.object, "not received in its turn")
        }
        if index == events.startIndex, let kind = Self.difference(first, point) {
            report.add(kind, first.object, "received \(Self.text(point))")
        }
        let count = events.distance(from: events.startIndex, to: index) + 1
        events.removeFirst(count)
        outstanding -= count
        waiting[point.address] = events.isEmpty ? nil : events
    }

    /// Nothing more will come: what is outstanding is missing.
    mutating func close(into report: inout RoundtripReport) {
        for (_, events) in waiting.sorted(by: { $0.key < $1.key }) {
            for event in events { report.add(.missing, event.object, "never received") }
        }
        waiting = [:]
        outstanding = 0
    }

    private static func difference(_ event: Event, _ point: ReportedPoint) -> DifferenceKind? {
        guard point.type == event.type, var information = point.information else { return .type }
        if !event.comparesTime { information.time = event.object.information.time }
        return event.expected.difference(from: information) ?? (point.cause == event.cause ? nil : .cause)
    }

    private static func text(_ point: ReportedPoint) -> String {
        PointText.text(point.type, point.information, point.cause)
    }
}
