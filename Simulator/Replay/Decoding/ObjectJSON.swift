import IEC104Model
import NIOCore
import Presentation

/// An information object with the keys of the golden decodes: values exact, and every bit field in its parts.
///
/// | key | value |
/// |---|---|
/// | `ioa` | information object address |
/// | `value` | number; what isn't finite is a text |
/// | `bits` | value octets in wire order, hexadecimal: bitstrings, short floating point numbers |
/// | `nva` | value times 32 768: normalized values |
/// | `transient` | T of step positions |
/// | `q` | quality bits: `ov` `bl` `sb` `nt` `iv`; of counters `sq` `cy` `ca` `iv` |
/// | `sco` `dco` `rco` `qos` `qpm` `qcc` `coi` | `raw`, and the fields of the octet |
/// | `qoi` `qrp` | number |
/// | `time` | `type` (`cp56time` or `cp24time`), `show`, `bits`, and the fields |
///
/// Types for which the golden decodes have no keys (protection equipment, files, test, delay) have those of
/// `iec104-sim monitor`.
enum ObjectJSON {
    static func object(_ information: InformationObject) -> JSONObject {
        var json = JSONObject()
        json.add("ioa", .integer(Int64(information.address.rawValue)))
        let element = information.element
        if let known = element.processInformation {
            let type = element.typeIdentification
            add(known, hasQuality: type != .M_ME_ND_1, isSingle: isPointType(type), to: &json)
            if let time = known.time { json.add("time", TimeTagJSON.object(time)) }
        } else if let (known, time) = element.shortTimeTagged {
            add(known, hasQuality: true, isSingle: isPointType(element.typeIdentification), to: &json)
            json.add("time", TimeTagJSON.object(time))
        } else if !addCommand(element, to: &json), !addSystem(element, to: &json) {
            addOther(ObjectReading(element), to: &json)
        }
        return json
    }

    /// SIQ and DIQ have no OV.
    private static func isPointType(_ type: TypeIdentification) -> Bool {
        [1, 2, 3, 4, 30, 31].contains(type.rawValue)
    }

    private static func add(
        _ known: ProcessInformation, hasQuality: Bool, isSingle: Bool, to json: inout JSONObject
    ) {
        switch known.value {
        case .singlePoint(let isOn): json.add("value", .integer(isOn ? 1 : 0))
        case .doublePoint(let state): json.add("value", .integer(Int64(state.rawValue)))
        case .stepPosition(let position, let isTransient):
            json.add("value", .integer(Int64(position)))
            json.add("transient", .integer(isTransient ? 1 : 0))
        case .bitstring(let bits): add(bits: bits, to: &json)
        case .normalized(let value): add(value, to: &json)
        case .scaled(let value): json.add("value", .integer(Int64(value)))
        case .shortFloat(let value): add(value, to: &json)
        case .integratedTotals(let reading):
            json.add("value", .integer(Int64(reading.value)))
            json.add(
                "q",
                .fields([
                    ("sq", Int(reading.sequenceNumber)), ("cy", reading.hasCarry ? 1 : 0),
                    ("ca", reading.isAdjusted ? 1 : 0), ("iv", reading.isInvalid ? 1 : 0),
                ]))
            return
        case .packedSinglePoints(let points):
            json.add("value", .integer(Int64(points.status)))
            json.add("changed", .integer(Int64(points.changeDetected)))
        }
        guard hasQuality else { return }
        let quality = known.quality
        let upper: [(String, QualityDescriptor)] = [
            ("bl", .blocked), ("sb", .substituted), ("nt", .notTopical), ("iv", .invalid),
        ]
        let bits = (isSingle ? [] : [("ov", QualityDescriptor.overflow)]) + upper
        json.add("q", .fields(bits.map { ($0.0, quality.contains($0.1) ? 1 : 0) }))
    }

    static func add(_ value: Float, to json: inout JSONObject) {
        json.add("value", .float(value))
        json.add("bits", .text(hexadecimal(value.bitPattern)))
    }

    static func add(_ value: NormalizedValue, to json: inout JSONObject) {
        json.add("value", .number(value.value))
        json.add("nva", .integer(Int64(value.rawValue)))
    }

    static func add(bits: UInt32, to json: inout JSONObject) {
        json.add("value", .integer(Int64(bits)))
        json.add("bits", .text(hexadecimal(bits)))
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        Hexadecimal.compact((0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
    }

    private static func addOther(_ reading: ObjectReading, to json: inout JSONObject) {
        if let value = reading.value { json.add("value", value) }
        for detail in reading.details { json.add(detail.name, detail.value) }
        if let quality = reading.quality { json.add("quality", quality.abbreviations) }
        if let time = reading.time { json.add("time", TimeTagJSON.object(time)) }
    }
}

extension JSONObject {
    /// An object of numbers.
    package static func fields(_ fields: [(String, Int)]) -> JSONObject {
        var object = JSONObject()
        for (name, value) in fields { object.add(name, .integer(Int64(value))) }
        return object
    }
}
