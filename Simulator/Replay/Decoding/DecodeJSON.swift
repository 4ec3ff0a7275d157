import IEC104Link
import IEC104Model
import NIOCore
import Presentation

/// The traffic of a capture as JSON, one line for each APDU, with the keys of the golden decodes.
///
/// | key | value |
/// |---|---|
/// | `stream`, `dir` | number of the TCP connection in the capture; `c2s` or `s2c` |
/// | `frame`, `n`, `t` | packet that the APDU ends in, its index there, seconds since 1970 as a text |
/// | `src`, `dst` | address and port |
/// | `len`, `apci` | length octet; `I`, `S`, `U`, or null for what makes no APDU |
/// | `ns`, `nr`, `u` | N(S), N(R), U function |
/// | `skipped`, `error` | octets passed over before it; what is wrong with it, or missing before it |
/// | `typeid`, `sq`, `numix`, `cot`, `neg`, `test`, `oa`, `ca`, `name` | the data unit identifier |
/// | `objects` | see `ObjectJSON` |
/// | `rawdata` | what follows the data unit identifier, where it makes no sense |
/// | `raw` | all octets of the APDU |
package struct DecodeJSON: DecodeOutput {
    private var counter = FrameCounter()
    private var gaps = GapNotes()

    package init() {}

    package mutating func lines(for event: TrafficEvent) -> [String] {
        switch event.content {
        case .apdu(let octets, let apci): return [line(event, octets, apci)]
        case .malformed(let octets, let fault):
            var json = head(event)
            if let length = octets.getInteger(at: octets.readerIndex + 1, as: UInt8.self) {
                json.add("len", .integer(Int64(length)))
            }
            json.add("apci", .null)
            addGap(gaps.claim(event.stream, event.direction), fault: "\(fault)", to: &json)
            json.add("raw", .text(Hexadecimal.compact(octets.readableBytesView)))
            return [json.line]
        case .missing, .skipped:
            gaps.take(event)
            return []
        case .ended, .unseen, .late: return []
        case .finished:
            defer { counter.forget(event.stream) }
            return Direction.allCases.compactMap { remainder(event, $0) }
        }
    }

    package mutating func lines(for fault: MalformedPacket, in packet: CapturedPacket) -> [String] {
        var json = JSONObject()
        json.add("frame", .integer(Int64(packet.frame)))
        json.add("t", .text(packet.time.epochText))
        json.add("apci", .null)
        json.add("error", .text(fault.text(of: packet)))
        return [json.line]
    }

    /// What is left at the end of a direction: an APDU that wasn't complete.
    private mutating func remainder(_ event: TrafficEvent, _ direction: Direction) -> String? {
        guard let note = gaps.claim(event.stream, direction) else { return nil }
        let event = TrafficEvent(
            stream: event.stream, direction: direction, frame: event.frame, time: event.time, content: event.content)
        var json = head(event)
        json.add("apci", .null)
        addGap(note, fault: note.skippedCount > 0 ? "the stream ends within an APDU" : nil, to: &json)
        return json.line
    }

    private mutating func head(_ event: TrafficEvent) -> JSONObject {
        var json = JSONObject()
        json.add("stream", .integer(Int64(event.stream.index)))
        json.add("dir", .text(event.direction.text))
        json.add("frame", .integer(Int64(event.frame)))
        json.add("n", .integer(Int64(counter.index(in: event.frame, of: event.stream))))
        json.add("t", .text(event.time.epochText))
        json.add("src", .text(event.stream.source(event.direction).description))
        json.add("dst", .text(event.stream.destination(event.direction).description))
        return json
    }

    private func addGap(_ note: GapNotes.Note?, fault: String?, to json: inout JSONObject) {
        if let note, note.skippedCount > 0 {
            json.add("skipped", .text(Hexadecimal.compact(note.skipped.readableBytesView)))
        }
        let errors = [note?.text, fault].compactMap { $0 }
        if !errors.isEmpty { json.add("error", .text(errors.joined(separator: "; "))) }
    }

    private mutating func line(_ event: TrafficEvent, _ octets: ByteBuffer, _ apci: APCI) -> String {
        var json = head(event)
        json.add("len", .integer(Int64(octets.readableBytes - 2)))
        let note = gaps.claim(event.stream, event.direction)
        switch apci {
        case .supervisory(let receive):
            json.add("apci", .text("S"))
            json.add("nr", .integer(Int64(receive.rawValue)))
            addGap(note, fault: nil, to: &json)
        case .unnumbered(let function):
            json.add("apci", .text("U"))
            json.add("u", .text(function.name))
            addGap(note, fault: nil, to: &json)
        case .information(let send, let receive):
            json.add("apci", .text("I"))
            json.add("ns", .integer(Int64(send.rawValue)))
            json.add("nr", .integer(Int64(receive.rawValue)))
            let unit = DecodedUnit(apdu: octets)
            addGap(note, fault: unit.fault.map { "\($0)" }, to: &json)
            add(unit, to: &json)
        }
        json.add("raw", .text(Hexadecimal.compact(octets.readableBytesView)))
        return json.line
    }

    private func add(_ unit: DecodedUnit, to json: inout JSONObject) {
        if let identifier = unit.identifier {
            let type = identifier.typeIdentification
            json.add("typeid", .integer(Int64(type.rawValue)))
            json.add("sq", .integer(identifier.isSequence ? 1 : 0))
            json.add("numix", .integer(Int64(identifier.count)))
            json.add("cot", .integer(Int64(identifier.cause.rawValue)))
            json.add("neg", .integer(identifier.isNegative ? 1 : 0))
            json.add("test", .integer(identifier.isTest ? 1 : 0))
            json.add("oa", .integer(Int64(identifier.originatorAddress)))
            json.add("ca", .integer(Int64(identifier.commonAddress.rawValue)))
            json.add("name", type.mnemonic.map { .text($0) } ?? .null)
        }
        json.add("objects", unit.objects.map { ObjectJSON.object($0) })
        if let unread = unit.unread { json.add("rawdata", .text(Hexadecimal.compact(unread.readableBytesView))) }
    }
}
