import ControllingStation
import IEC104Channel
import IEC104Link
import NIOCore
import Presentation
import StationMonitor

/// A frame in lines for people.
enum FrameText {
    /// `10:30:00.123  < I(0,1)  1:1001  M_SP_TB_1 (30)  on  ...`, one line for each information object.
    static func lines(_ frame: ObservedFrame, _ detail: ShellDetail) -> [String] {
        let arrow = frame.isSent ? ">" : "<"
        let time = Instant.iso8601(millisecondsSince1970: frame.millisecondsSince1970).dropFirst(11).dropLast()
        let head = "\(time)  \(arrow) "
        switch detail {
        case .nothing: return []
        case .values:
            guard !frame.isSent, let apdu = apdu(frame), case .information = apdu.apci else { return [] }
            return objects(frame, apdu).map { "\(time)  \($0)" }
        case .frames, .octets:
            let octets = detail == .octets ? ["    \(Hexadecimal.octets(frame.octets.readableBytesView))"] : []
            guard let apdu = apdu(frame) else {
                return [head + "octets \(Hexadecimal.octets(frame.octets.readableBytesView))"]
            }
            let objects = objects(frame, apdu)
            guard let first = objects.first else { return [head + "\(apdu.apci)"] + octets }
            return [head + "\(apdu.apci)  \(first)"] + objects.dropFirst().map { "    \($0)" } + octets
        }
    }

    private static func apdu(_ frame: ObservedFrame) -> APDU? {
        var octets = frame.octets
        var decoder = APDUDecoder()
        return try? decoder.decode(buffer: &octets)
    }

    private static func objects(_ frame: ObservedFrame, _ apdu: APDU) -> [String] {
        guard case .information = apdu.apci else { return [] }
        switch ASDUReading(apdu.asdu).content {
        case .success(let asdu): return asdu.objects.map { ObjectLine.text(asdu.identifier, $0) }
        case .failure(let fault):
            return ["malformed, \(fault): \(Hexadecimal.octets(apdu.asdu.readableBytesView))"]
        }
    }
}
