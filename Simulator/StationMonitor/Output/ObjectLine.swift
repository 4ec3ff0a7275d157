import IEC104Model
import Presentation

/// An information object and what is said about it, for people.
package enum ObjectLine {
    /// `1:5  C_SC_NA_1 (45)  select on, qualifier 1  activation (6)`.
    package static func text(_ identifier: DataUnitIdentifier, _ information: InformationObject) -> String {
        let reading = ObjectReading(information.element)
        // What has no value has at least a qualifier.
        var words = reading.text.isEmpty ? reading.details.map { "\($0.name) \($0.value)" } : [reading.text]
        if reading.details.contains(.init(name: "select", value: .bool(true))) { words = ["select \(reading.text)"] }
        if let qualifier = reading.details.first(where: { $0.name == "qualifier" })?.value,
            qualifier != .integer(0), !reading.text.isEmpty
        {
            words.append("qualifier \(qualifier)")
        }
        words += reading.quality?.abbreviations ?? []
        if let time = reading.time { words.append(time.text) }
        if identifier.originatorAddress != 0 { words.append("originator \(identifier.originatorAddress)") }
        if identifier.isTest { words.append("test") }
        let cause = "\(identifier.cause) (\(identifier.cause.rawValue))" + (identifier.isNegative ? ", negative" : "")
        let address = "\(identifier.commonAddress):\(information.address)"
        return [address, "\(identifier.typeIdentification)", words.joined(separator: ", "), cause]
            .filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
