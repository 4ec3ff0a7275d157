import IEC104Model
import Presentation

/// Which information objects are meant; what isn't given may be anything.
struct ASDUPattern: Sendable, CustomStringConvertible {
    var type: TypeIdentification?
    var cause: CauseOfTransmission?
    var commonAddress: CommonAddress?
    var objectAddress: InformationObjectAddress?
    /// As a person writes it: `on`, `21.5`.
    var value: String?
    var quality: QualityDescriptor?
    var isNegative: Bool?
    var isTest: Bool?
    var originatorAddress: UInt8?
    var hasTimeTag: Bool?

    /// The objects of a frame that are meant. One that can't be decoded is matched, as a whole, by a pattern that says
    /// nothing.
    func matches(_ frame: ReceivedFrame) -> [ObjectReading?] {
        guard let asdu = frame.received?.asdu else { return isEmpty ? [nil] : [] }
        let identifier = asdu.identifier
        guard agrees(type, identifier.typeIdentification), agrees(cause, identifier.cause),
            agrees(commonAddress, identifier.commonAddress), agrees(isNegative, identifier.isNegative),
            agrees(isTest, identifier.isTest), agrees(originatorAddress, identifier.originatorAddress)
        else { return [] }
        return asdu.objects.compactMap { object in
            let reading = ObjectReading(object.element)
            guard agrees(objectAddress, object.address), agrees(quality, reading.quality),
                agrees(hasTimeTag, reading.time != nil), value.map({ Self.is(reading, $0) }) ?? true
            else { return nil }
            return reading
        }
    }

    private var isEmpty: Bool { description == Self().description }

    private func agrees<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool {
        wanted == nil || wanted == value
    }

    /// True if a value is what a person writes so.
    private static func `is`(_ reading: ObjectReading, _ text: String) -> Bool {
        let wanted = text.lowercased()
        switch reading.value {
        case .bool(let isOn): return (isOn ? ["on", "true", "1"] : ["off", "false", "0"]).contains(wanted)
        case .integer(let integer) where Int64(wanted) == integer: return true
        // The shortest text of a short float is another number in double precision.
        case .float(let float) where Float(wanted) == float: return true
        case .number(let number) where Double(wanted).map({ abs($0 - number) < 1 / 65_536 }) == true: return true
        default: return reading.text.lowercased() == wanted
        }
    }

    var description: String {
        let flags = [
            isNegative.map { $0 ? "negative" : "positive" }, isTest.map { $0 ? "test" : "no test" },
            hasTimeTag.map { $0 ? "with time tag" : "without time tag" },
        ]
        let parts = [
            type.map(\.description), cause.map { "\($0) (\($0.rawValue))" }, commonAddress.map { "CA \($0)" },
            objectAddress.map { "IOA \($0)" }, value.map { "value \($0)" },
            quality.map { $0.isEmpty ? "good quality" : "quality " + $0.abbreviations.joined(separator: " ") },
            originatorAddress.map { "originator \($0)" },
        ]
        let words = (parts + flags).compactMap { $0 }
        return words.isEmpty ? "an I frame" : words.joined(separator: ", ")
    }
}
