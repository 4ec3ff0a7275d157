import IEC104Model

/// What a capture shows of a point: how it was reported, each way once, in the order of appearance.
struct PointProfile: Sendable {
    /// A type with the cause that matters for how it is served: 0 for events.
    private struct Appearance: Hashable {
        let type: TypeIdentification
        let cause: UInt8
    }

    private var appearances: [Appearance] = []

    /// Takes the next object of the point.
    mutating func add(_ object: RecordedObject) {
        let appearance = Self.appearance(object)
        if !appearances.contains(appearance) { appearances.append(appearance) }
    }

    private static func appearance(_ object: RecordedObject) -> Appearance {
        Appearance(type: object.type, cause: object.isInterrogated ? object.cause.rawValue : 0)
    }

    /// Interrogation groups 1...16 that the point answered for.
    var groups: [Int] { appearances.map { Int($0.cause) - 20 }.filter { (1...16).contains($0) }.sorted() }

    /// The ways to serve the point, each once.
    var forms: [ServingForm] {
        var forms: [ServingForm] = []
        for form in appearances.map(form) where !forms.contains(form) { forms.append(form) }
        return forms
    }

    /// How the point has to be served for this object.
    func form(of object: RecordedObject) -> ServingForm { form(Self.appearance(object)) }

    private func form(_ appearance: Appearance) -> ServingForm {
        guard appearance.cause != 0 else {
            return ServingForm(type: appearance.type, timeTags: nil, counterGroup: nil)
        }
        let group = appearance.cause > 37 ? Int(appearance.cause) - 37 : nil
        if appearance.type.hasTimeTag {
            return ServingForm(type: appearance.type, timeTags: true, counterGroup: group)
        }
        // Interrogation answers go without the time tag that events of the same point have.
        let tagged = appearances.first { $0.type != appearance.type && $0.type.withoutTimeTag == appearance.type }
        return ServingForm(
            type: tagged?.type ?? appearance.type, timeTags: tagged == nil ? nil : false, counterGroup: group)
    }
}
