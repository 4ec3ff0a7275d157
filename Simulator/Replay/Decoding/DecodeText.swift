import IEC104Link
import IEC104Model
import NIOCore
import Presentation

/// The traffic of a capture for people: one line for each APDU, and one for each information object on demand.
package struct DecodeText: DecodeOutput {
    private let showsObjects: Bool

    package init(showsObjects: Bool) {
        self.showsObjects = showsObjects
    }

    package mutating func lines(for event: TrafficEvent) -> [String] {
        switch event.content {
        case .apdu(let octets, let apci):
            guard case .information = apci else { return [head(event) + "\(apci)"] }
            let unit = DecodedUnit(apdu: octets)
            return [head(event) + "\(apci)  " + Self.summary(unit)] + (showsObjects ? Self.objects(unit) : [])
        case .malformed(let octets, let fault):
            return [head(event) + "! malformed APDU: \(fault): \(Hexadecimal.octets(octets.readableBytesView))"]
        case .missing(let count):
            return [head(event) + "! \(count.map { "\($0) octets" } ?? "octets") missing in the capture"]
        case .late(let count):
            return [head(event) + "! \(count) octets from before the first ones, captured too late to be shown"]
        case .skipped(let octets):
            let shown = Hexadecimal.octets(octets.readableBytesView.prefix(32))
            let rest = octets.readableBytes > 32 ? " ..." : ""
            return [head(event) + "! \(octets.readableBytes) octets that make no APDU: \(shown)\(rest)"]
        case .unseen, .ended, .finished: return []
        }
    }

    package mutating func lines(for fault: MalformedPacket, in packet: CapturedPacket) -> [String] {
        [Self.place(packet.frame, packet.time) + "! \(fault.text(of: packet))"]
    }

    private func head(_ event: TrafficEvent) -> String {
        let (source, destination) = (event.stream.source(event.direction), event.stream.destination(event.direction))
        return Self.place(event.frame, event.time) + "#\(event.stream.index)  \(source) > \(destination)  "
    }

    private static func place(_ frame: Int, _ time: CaptureTime) -> String {
        let number = String(frame)
        return String(repeating: " ", count: max(0, 6 - number.count)) + "\(number)  \(time.text)  "
    }

    private static func summary(_ unit: DecodedUnit) -> String {
        guard let identifier = unit.identifier else {
            return "! malformed ASDU: \(unit.fault.map { "\($0)" } ?? "")"
        }
        var words = ["\(identifier.typeIdentification)", "\(identifier.cause)"]
        if identifier.isNegative { words.append("negative") }
        if identifier.isTest { words.append("test") }
        if identifier.originatorAddress != 0 { words.append("OA \(identifier.originatorAddress)") }
        words.append("CA \(identifier.commonAddress)")
        if let only = unit.objects.first, unit.objects.count == 1 {
            words.append(object(only))
        } else if let first = unit.objects.first, let last = unit.objects.last {
            words.append("\(unit.objects.count) objects, IOA \(first.address)...\(last.address)")
        }
        if let fault = unit.fault { words.append("! \(fault)") }
        if let unread = unit.unread { words.append(Hexadecimal.octets(unread.readableBytesView)) }
        return words.joined(separator: "  ")
    }

    /// One line for each object; none where the APDU's own line has the only one.
    private static func objects(_ unit: DecodedUnit) -> [String] {
        unit.objects.count < 2 ? [] : unit.objects.map { String(repeating: " ", count: 8) + object($0) }
    }

    /// `IOA 100  21.5  NT IV  2026-01-15 10:30:00.123`.
    private static func object(_ object: InformationObject) -> String {
        let reading = ObjectReading(object.element)
        var words = ["IOA \(object.address)"]
        if !reading.text.isEmpty { words.append(reading.text) }
        for detail in reading.details where detail.name == "select" || detail.name == "qualifier" {
            if detail.value == .bool(true) { words.append("select") }
            if detail.name == "qualifier", detail.value != .integer(0) { words.append("qualifier \(detail.value)") }
        }
        if let quality = reading.quality, !quality.abbreviations.isEmpty {
            words.append(quality.abbreviations.joined(separator: " "))
        }
        if let time = reading.time { words.append(time.text) }
        return words.joined(separator: "  ")
    }
}
