import IEC104Model
import Presentation

/// Frames in words.
enum FrameText {
    /// `I(0,1) M_SP_TB_1 (30), spontaneous (3), CA 1, IOA 1001 = on`.
    static func of(_ frame: ReceivedFrame) -> String {
        switch frame.apci {
        case .information(let send, let receive): "I(\(send),\(receive)) \(content(frame))"
        case .supervisory(let receive): "S(\(receive))"
        case .unnumbered(let function): function.name
        }
    }

    /// `68 04 43`, cut after 32 octets.
    static func octets(_ octets: some Collection<UInt8>) -> String {
        let text = Hexadecimal.octets(octets.prefix(32))
        return octets.count > 32 ? "\(text) ... (\(octets.count) octets)" : text
    }

    private static func content(_ frame: ReceivedFrame) -> String {
        guard let received = frame.received else { return "" }
        guard let asdu = received.asdu, let first = asdu.objects.first else {
            return "ASDU \(octets(received.octets.readableBytesView))"
        }
        let identifier = asdu.identifier
        let flags = (identifier.isNegative ? ", negative" : "") + (identifier.isTest ? ", test" : "")
        let cause = "\(identifier.cause) (\(identifier.cause.rawValue))"
        let head = "\(identifier.typeIdentification), \(cause)\(flags), CA \(identifier.commonAddress)"
        let reading = ObjectReading(first.element)
        let value = ([reading.text] + (reading.quality?.abbreviations ?? [])).filter { !$0.isEmpty }
        let object = "IOA \(first.address)" + (value.isEmpty ? "" : " = \(value.joined(separator: " "))")
        let more = asdu.objects.count > 1 ? " and \(asdu.objects.count - 1) more" : ""
        return "\(head), \(object)\(more)"
    }
}
