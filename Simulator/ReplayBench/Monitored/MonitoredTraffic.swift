import IEC104Link
import IEC104Model
import Replay

/// Reads a capture for the values that its controlled stations report, in the order in which they went.
package struct MonitoredTraffic: ~Copyable {
    private var feed: CaptureFeed

    /// - Parameter port: the only port that counts; nil recognizes connections by port 2404 and by what they carry.
    package init(path: String, port: UInt16? = nil) throws(CaptureFault) {
        feed = try CaptureFeed(path: path, port: port)
    }

    /// Packets so far.
    package var packets: Int { feed.packets }
    /// Octets of the file that have been read.
    package var position: Int64 { feed.position }
    /// Octets in the file; nil if it isn't a plain file.
    package var size: Int64? { feed.size }
    /// True if it may grow while it is read: what it has brought by now shouldn't wait for what follows.
    package var isLive: Bool { feed.isLive }

    /// Why the capture isn't read to its end; nil if it is, or while it goes on.
    package var fault: CaptureFault? { feed.fault }

    /// What the next packet brings, perhaps nothing; nil at the end of the capture, or where it breaks off: `fault` tells
    /// which.
    package mutating func next() -> [MonitoredItem]? {
        switch feed.next() {
        case nil: nil
        case .malformed(let fault, let packet):
            fault.isCut(packet)
                ? [.gap(frame: packet.frame)] : [.excluded(.malformed, frame: packet.frame, count: 1)]
        case .traffic(let events): events.flatMap(Self.items)
        }
    }

    static func items(_ event: TrafficEvent) -> [MonitoredItem] {
        switch event.content {
        case .apdu(let octets, .information):
            let unit = DecodedUnit(apdu: octets)
            return event.direction == .monitor ? monitored(unit, event) : controlled(unit, event)
        case .malformed where event.direction == .monitor:
            return [.excluded(.malformed, frame: event.frame, count: 1)]
        case .missing where event.direction == .monitor, .late where event.direction == .monitor:
            return [.gap(frame: event.frame)]
        default: return []
        }
    }

    private static func controlled(_ unit: DecodedUnit, _ event: TrafficEvent) -> [MonitoredItem] {
        guard unit.identifier?.typeIdentification.isProcessInformation == true else { return [] }
        return [.excluded(.direction, frame: event.frame, count: max(1, unit.objects.count))]
    }

    private static func monitored(_ unit: DecodedUnit, _ event: TrafficEvent) -> [MonitoredItem] {
        guard let identifier = unit.identifier, !unit.objects.isEmpty else {
            return [.excluded(.malformed, frame: event.frame, count: 1)]
        }
        if let exclusion = exclusion(of: identifier) {
            return [.excluded(exclusion, frame: event.frame, count: unit.objects.count)]
        }
        return unit.objects.map { object in
            guard let information = object.element.processInformation else {
                return .excluded(.malformed, frame: event.frame, count: 1)
            }
            return .object(
                RecordedObject(
                    frame: event.frame, capturedAt: event.time,
                    address: PointAddress(
                        commonAddress: identifier.commonAddress, informationObjectAddress: object.address),
                    type: identifier.typeIdentification, cause: identifier.cause, information: information))
        }
    }

    private static func exclusion(of identifier: DataUnitIdentifier) -> Exclusion? {
        let (type, cause) = (identifier.typeIdentification, identifier.cause)
        if let exclusion = Exclusion(type) { return exclusion }
        if identifier.isTest { return .test }
        if identifier.isNegative { return .negative }
        guard (1...47).contains(cause.rawValue) else { return .cause }
        return cause.isInterrogation && cause.isCounterInterrogation != type.isCounter ? .counter : nil
    }
}
