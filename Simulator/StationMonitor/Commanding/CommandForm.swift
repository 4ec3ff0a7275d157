import ControllingStation
import Presentation

/// How a command is shown.
enum CommandForm {
    /// For people.
    case text
    /// JSON, with `event` first and the keys of `JSONLines` for what an ASDU says.
    case json

    /// Something that has happened, a line for each information object.
    func lines(_ event: CommandEvent) -> [String] {
        let time = Instant.iso8601(millisecondsSince1970: event.millisecondsSince1970)
        let kind = event.kind.rawValue
        return event.asdu.objects.map { information in
            switch self {
            case .text:
                let padding = String(repeating: " ", count: max(0, 10 - kind.count))
                return "\(time)  \(kind)\(padding)  \(ObjectLine.text(event.asdu.identifier, information))"
                    + (event.isMirrored ? "" : "  (differs from what was sent)")
            case .json:
                var object = JSONObject()
                object.add("event", .text(kind))
                object.add("time", .text(time))
                object.add(event.asdu.identifier, information)
                object.add("mirrored", .bool(event.isMirrored))
                return object.line
            }
        }
    }

    /// How it has ended.
    func line(_ verdict: CommandVerdict, at millisecondsSince1970: Int64) -> String {
        switch self {
        case .text: return verdict.description
        case .json:
            var object = JSONObject()
            object.add("event", .text("outcome"))
            object.add("time", .text(Instant.iso8601(millisecondsSince1970: millisecondsSince1970)))
            object.add("step", .text(verdict.step.rawValue))
            object.add("outcome", .text(verdict.name))
            object.add("success", .bool(verdict.isSuccess))
            object.add("text", .text(verdict.description))
            return object.line
        }
    }

    /// What would be sent.
    func line(_ frame: PlannedFrame) -> String {
        let octets = Hexadecimal.octets(frame.octets.readableBytesView)
        let information = frame.asdu.flatMap { asdu in asdu.objects.first.map { (asdu.identifier, $0) } }
        switch self {
        case .text:
            let text = information.map { "  \(ObjectLine.text($0, $1))" } ?? ""
            return "\(frame.control)\(text)\n    \(octets)"
        case .json:
            var object = JSONObject()
            object.add("event", .text("planned"))
            object.add("apci", .text("\(frame.control)"))
            if let information { object.add(information.0, information.1) }
            object.add("octets", .text(octets))
            return object.line
        }
    }
}
