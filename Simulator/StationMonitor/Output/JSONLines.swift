import ControllingStation
import IEC104Model
import Presentation

/// An ASDU as JSON, one line for each information object.
///
/// | key | value |
/// |---|---|
/// | `time` | when it came: ISO 8601, UTC, milliseconds |
/// | `typeid`, `name` | type identification: number, standard name |
/// | `cot`, `cause` | cause of transmission: number, name (null if it has none) |
/// | `ca`, `ioa` | common address, information object address |
/// | `value` | boolean, number or null; what isn't finite is a text |
/// | `state`, `transient`, `sequence`, `carry`, `adjusted`, `changed`, `elapsed`, `select`, `qualifier`, `qoi`, ... | where the type has them |
/// | `quality` | list of `OV` `EI` `BL` `SB` `NT` `IV`; left out for types without quality |
/// | `timestamp` | object: `iso` (no zone: a time tag has none; null if impossible), `iv`, `gen`, `su`; left out for types without time tag |
/// | `neg`, `test`, `oa` | P/N, T, originator address |
///
/// `deviation` says what is against the standard in an ASDU that can be read nevertheless.
/// An ASDU that makes no sense is one line with `time`, `malformed` and `octets`.
package enum JSONLines {
    /// The lines, without line ends.
    package static func lines(_ received: ReceivedASDU) -> [String] {
        let time = Scalar.text(Instant.iso8601(millisecondsSince1970: received.millisecondsSince1970))
        switch received.content {
        case .success(let asdu):
            return asdu.objects.map { line(time, asdu.identifier, $0, received.deviation) }
        case .failure(let fault):
            var object = JSONObject()
            object.add("time", time)
            object.add("malformed", .text("\(fault)"))
            object.add("octets", .text(Hexadecimal.octets(received.octets.readableBytesView)))
            return [object.line]
        }
    }

    private static func line(
        _ time: Scalar, _ identifier: DataUnitIdentifier, _ information: InformationObject, _ deviation: MalformedASDU?
    ) -> String {
        var object = JSONObject()
        object.add("time", time)
        object.add(identifier, information)
        if let deviation { object.add("deviation", .text("\(deviation)")) }
        return object.line
    }
}

extension JSONObject {
    /// Adds what an information object says, from `typeid` to `oa`; see `JSONLines`.
    mutating func add(_ identifier: DataUnitIdentifier, _ information: InformationObject) {
        let reading = ObjectReading(information.element)
        let type = identifier.typeIdentification
        add("typeid", .integer(Int64(type.rawValue)))
        add("name", type.mnemonic.map { .text($0) } ?? .null)
        add("cot", .integer(Int64(identifier.cause.rawValue)))
        add("cause", identifier.cause.name.map { .text($0) } ?? .null)
        add("ca", .integer(Int64(identifier.commonAddress.rawValue)))
        add("ioa", .integer(Int64(information.address.rawValue)))
        add("value", reading.value ?? .null)
        for detail in reading.details { add(detail.name, detail.value) }
        if let quality = reading.quality { add("quality", quality.abbreviations) }
        if let time = reading.time { add("timestamp", JSONObject(time)) }
        add("neg", .bool(identifier.isNegative))
        add("test", .bool(identifier.isTest))
        add("oa", .integer(Int64(identifier.originatorAddress)))
    }

    private init(_ time: TimeTag) {
        self.init()
        switch time {
        case .full(let time):
            let isPossible = time.millisecondsSince1970() != nil
            add("iso", isPossible ? .text(Instant.iso8601(time)) : .null)
            if !isPossible { add("raw", .text(time.description)) }
            add("iv", .bool(time.isInvalid))
            add("gen", .bool(time.isSubstituted))
            add("su", .bool(time.isSummerTime))
        case .short(let time):
            add("iso", .null)
            add("minute", .text(TimeTag.minuteText(time)))
            add("iv", .bool(time.isInvalid))
        }
    }
}
