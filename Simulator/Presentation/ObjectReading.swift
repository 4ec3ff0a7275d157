import IEC104Model

/// What an information object says, in a form that doesn't depend on its type.
package struct ObjectReading: Hashable, Sendable {
    /// Something that only some types say.
    package struct Detail: Hashable, Sendable {
        /// One lower-case word, `"transient"`.
        package let name: String
        package let value: Scalar

        package init(name: String, value: Scalar) {
            self.name = name
            self.value = value
        }
    }

    /// The value; nil for types that carry none.
    package var value: Scalar?
    /// The value with its meaning, for people.
    package var text: String
    /// Nil for types without a quality descriptor.
    package var quality: QualityDescriptor?
    /// Nil for types without time tag.
    package var time: TimeTag?
    /// What else there is.
    package var details: [Detail] = []

    init(
        _ value: Scalar?, _ text: String? = nil, quality: QualityDescriptor? = nil, time: TimeTag? = nil,
        _ details: KeyValuePairs<String, Scalar> = [:]
    ) {
        self.value = value
        self.text = text ?? value?.description ?? ""
        self.quality = quality
        self.time = time
        self.details = details.map { Detail(name: $0.key, value: $0.value) }
    }

    /// What a value with quality and time tag says.
    package init(_ information: ProcessInformation) {
        self.init(information.value)
        quality = information.quality
        time = information.time.map { .full($0) }
    }

    init(_ value: ProcessValue) {
        switch value {
        case .singlePoint(let isOn): self.init(.bool(isOn))
        case .doublePoint(let state):
            self.init(
                .integer(Int64(state.rawValue)), "\(state)", ["state": .text("\(state)")])
        case .stepPosition(let position, let isTransient):
            self.init(
                .integer(Int64(position)), "\(position)\(isTransient ? " (moving)" : "")",
                ["transient": .bool(isTransient)])
        case .bitstring(let bits): self.init(.integer(Int64(bits)), Hexadecimal.text(bits))
        case .normalized(let value):
            // Five decimals tell all values apart.
            self.init(.number(value.value), "\((value.value * 100_000).rounded() / 100_000)")
        case .scaled(let value): self.init(.integer(Int64(value)))
        case .shortFloat(let value): self.init(.float(value))
        case .integratedTotals(let reading):
            let flags = (reading.hasCarry ? ["CY"] : []) + (reading.isAdjusted ? ["CA"] : [])
            self.init(
                .integer(Int64(reading.value)),
                ([String(reading.value)] + flags + (reading.sequenceNumber == 0 ? [] : ["#\(reading.sequenceNumber)"]))
                    .joined(separator: " "),
                [
                    "sequence": .integer(Int64(reading.sequenceNumber)), "carry": .bool(reading.hasCarry),
                    "adjusted": .bool(reading.isAdjusted),
                ])
        case .packedSinglePoints(let points):
            self.init(
                .integer(Int64(points.status)), Hexadecimal.text(points.status),
                ["changed": .integer(Int64(points.changeDetected))])
        }
    }
}
