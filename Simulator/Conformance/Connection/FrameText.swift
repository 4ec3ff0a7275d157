import ControllingStation
import IEC104Link
import IEC104Model
import Presentation

/// Frames in words.
enum FrameText {
    /// `I(0,1) C_IC_NA_1 (100), activation-confirmation, CA 1, IOA 0: qoi 20`.
    static func of(_ frame: ProbeFrame) -> String {
        switch frame.format {
        case .information(let send, let receive): "I(\(send),\(receive)) \(content(frame))"
        case .supervisory(let receive): "S(\(receive))"
        case .unnumbered(let octet):
            (frame.octets.count == APCI.encodedSize ? UFunction(rawValue: octet)?.name : nil)
                ?? "U \(octets(frame.octets))"
        case .garbage: "octets \(octets(frame.octets))"
        }
    }

    /// The first and last of many, and what followed.
    static func of(_ frames: [ProbeFrame], then end: String? = nil) -> String {
        var parts = frames.map { of($0) }
        if parts.count > 8 { parts = parts.prefix(4) + ["(\(parts.count - 8) more)"] + parts.suffix(4) }
        return (parts + [end].compactMap { $0 }).joined(separator: "; ")
    }

    /// `68 04 43`, cut after 64 octets.
    static func octets(_ octets: some Collection<UInt8>) -> String {
        let text = Hexadecimal.octets(octets.prefix(64))
        return octets.count > 64 ? "\(text) ... (\(octets.count) octets)" : text
    }

    private static func content(_ frame: ProbeFrame) -> String {
        guard let type = frame.type, let cause = frame.cause, let commonAddress = frame.commonAddress,
            let objectAddress = frame.objectAddress
        else { return "ASDU \(octets(frame.asdu))" }
        let name = TypeIdentification(rawValue: type).description
        let flags = (frame.isNegative ? ", P/N" : "") + (frame.isTest ? ", test" : "")
        let originator = (frame.originator ?? 0) == 0 ? "" : ", OA \(frame.originator ?? 0)"
        let head =
            "\(name), \(CauseOfTransmission(rawValue: cause)) (\(cause))\(flags)\(originator), CA \(commonAddress)"
        guard let asdu = frame.received?.asdu, let first = asdu.objects.first else {
            return "\(head), IOA \(objectAddress): octets \(octets(frame.asdu.dropFirst(9)))"
        }
        let count = asdu.objects.count
        guard count == 1 else { return "\(head), IOA \(objectAddress) and \(count - 1) more objects" }
        return "\(head), IOA \(objectAddress)\(value(first.element))"
    }

    /// `IOA 1001: on` for each object of a frame that has several; of many, the first ones.
    static func objects(of frame: ProbeFrame) -> [String] {
        guard let objects = frame.received?.asdu?.objects, objects.count > 1 else { return [] }
        let shown = objects.prefix(24).map { "IOA \($0.address)\(value($0.element))" }
        return shown + (objects.count > shown.count ? ["and \(objects.count - shown.count) more"] : [])
    }

    private static func value(_ element: InformationElement) -> String {
        let reading = ObjectReading(element)
        let quality = reading.quality.map { $0.abbreviations } ?? []
        let details = reading.details.prefix(3).map { "\($0.name) \($0.value)" }
        let parts =
            [reading.text].filter { !$0.isEmpty } + quality + (reading.text.isEmpty ? details : [])
            + [reading.time?.text].compactMap { $0 }
        return parts.isEmpty ? "" : ": " + parts.joined(separator: " ")
    }
}
