import IEC104Model
import Presentation
import Yams

extension StepSource {
    /// A word, or the properties of an I frame. Silence means I frames unless it says something else.
    func pattern(_ node: Node?, isSilence: Bool) throws(ScenarioFault) -> FramePattern {
        guard let node else { return .data(ASDUPattern()) }
        if node.scalar != nil {
            let word = try text.text(node, verb)
            if word.isEmpty, isSilence { return .data(ASDUPattern()) }
            guard let pattern = FramePattern(word: word) else {
                let hint = NearestWord.hint(for: word, among: FramePattern.words)
                throw text.fault(node, "\(verb): unknown frame \"\(word)\"\(hint)")
            }
            return pattern
        }
        let fields = try Fields(
            node, text, what: verb,
            keys: ["type", "cause", "ca", "ioa", "value", "quality", "negative", "test", "originator", "time tag"])
        var pattern = ASDUPattern()
        pattern.type = try fields.type()
        pattern.cause = try fields.cause()
        pattern.commonAddress = try fields.commonAddress()
        pattern.objectAddress = try fields.objectAddress()
        pattern.value = try fields.string("value")
        pattern.quality = try fields.quality()
        pattern.isNegative = try fields.flag("negative")
        pattern.isTest = try fields.flag("test")
        pattern.originatorAddress = try fields.integer("originator", 0...255).map { UInt8($0) }
        pattern.hasTimeTag = try fields.flag("time tag")
        return .data(pattern)
    }

    func inject(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        let document = try Fields(
            try fields.required(verb), text, what: verb,
            keys: ["ca", "ioa", "type", "value", "quality", "cause", "timestamp", "negative"])
        _ = (try document.required("ca"), try document.required("ioa"))
        guard let commonAddress = try document.commonAddress(), let objectAddress = try document.objectAddress() else {
            throw text.fault(node, "inject needs ca and ioa")
        }
        let values = try fields.values()
        var json: [(name: String, json: String)] = []
        if let type = try document.type() { json.append(("type", String(type.rawValue))) }
        if values == nil {
            let value = try document.required("value")
            json.append(("value", Injection.json(try text.text(value, "value"))))
        } else if let value = document["value"] {
            throw text.fault(value, "values excludes value")
        }
        if let quality = try document.quality() {
            json.append(("quality", "[" + quality.abbreviations.map { "\"\($0)\"" }.joined(separator: ",") + "]"))
        }
        if let cause = try document.cause() { json.append(("cot", String(cause.rawValue))) }
        if let time = try document.string("timestamp") { json.append(("timestamp", Injection.json(time))) }
        if let negative = try document.flag("negative") { json.append(("negative", String(negative))) }
        var place = Injection.Place.stream
        if let node = fields["into"] {
            place = try text.word(node, "into", ["stream": .stream, "image": .image, "both": .both])
        }
        let address = PointAddress(commonAddress: commonAddress, informationObjectAddress: objectAddress)
        let injection = Injection(address: address, place: place, fields: json, values: values)
        let what = values.map { "values \($0.lowerBound)...\($0.upperBound)" } ?? "a value"
        return (
            "inject \(what) of \(address) into the \(place == .both ? "image and stream" : place.rawValue)",
            .inject(injection)
        )
    }
}
