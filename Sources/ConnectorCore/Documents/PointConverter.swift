import IEC104Model

/// Turns what a document says into what goes on the wire for a point of a given type.
///
/// A measured value is scaled, then brought into the range of the type; if it lay outside, OV is set. What is not a
/// number becomes 0 with IV. A value of another kind is converted only if nothing of its meaning is lost.
package struct PointConverter: Hashable, Sendable {
    package let type: TypeIdentification
    package var scale = 1.0
    package var offset = 0.0
    package var invert = false

    /// A converter without scaling.
    package init(type: TypeIdentification) {
        self.type = type
    }

    /// A converter for a mapped point.
    package init(_ point: MappedPoint) {
        type = point.type
        scale = point.scale
        offset = point.offset
        invert = point.invert
    }

    /// - Parameter time: the time tag, substituted if the document has no time.
    package func information(
        of document: PointDocument, time: CP56Time2a
    ) throws(PointDocumentFault) -> ProcessInformation {
        guard let value = document.value else { throw PointDocumentFault("value", "the field is missing") }
        var quality = document.quality
        let processValue: ProcessValue
        switch type.withoutTimeTag {
        case .M_SP_NA_1: processValue = .singlePoint(try single(value, of: document.type) != invert)
        case .M_DP_NA_1: processValue = .doublePoint(try double(value, of: document.type))
        case .M_ST_NA_1:
            processValue = .stepPosition(
                Int8(try whole(value, -64...63, &quality)), transient: document.isTransient)
        case .M_BO_NA_1: processValue = .bitstring(try bits(value))
        case .M_ME_NA_1, .M_ME_ND_1:
            let number = finite(try measured(value), &quality)
            if !(-1...NormalizedValue.maximum ~= number) { quality.insert(.overflow) }
            processValue = .normalized(NormalizedValue(clamping: number))
        case .M_ME_NB_1:
            let number = finite(try measured(value), &quality)
            try requireWhole(number, unless: document.type)
            let rounded = number.rounded()
            if !(-32_768...32_767 ~= rounded) { quality.insert(.overflow) }
            processValue = .scaled(Int16(min(max(rounded, -32_768), 32_767)))
        case .M_ME_NC_1: processValue = .shortFloat(float(try measured(value), &quality))
        case .M_IT_NA_1:
            var found = QualityDescriptor.good
            let number = Int32(try whole(value, -2_147_483_648...2_147_483_647, &found))
            let reading = reading(number, document, found)
            processValue = .integratedTotals(reading)
            quality = document.qualityOctet == nil ? quality.union(found) : reading.isInvalid ? .invalid : .good
        case .M_PS_NA_1:
            let bits = try bits(value)
            processValue = .packedSinglePoints(
                StatusChangeDetection(
                    status: UInt16(truncatingIfNeeded: bits), changeDetected: UInt16(truncatingIfNeeded: bits >> 16)))
        default: throw PointDocumentFault("type", "\(type) can't be served")
        }
        return ProcessInformation(value: processValue, quality: quality, time: time)
    }

    /// The quality octet of a counter is the fifth octet of its reading: SQ, CY, CA, IV. Of the bits that lists name, IV
    /// has a place in it, and OV goes where a counter shows that it has overflowed.
    ///
    /// - Parameter found: what the value itself adds.
    private func reading(
        _ value: Int32, _ document: PointDocument, _ found: QualityDescriptor
    ) -> BinaryCounterReading {
        guard let octet = document.qualityOctet else {
            return BinaryCounterReading(
                value: value, hasCarry: document.quality.union(found).contains(.overflow))
        }
        let notation = octet | (found.contains(.overflow) ? 0x20 : 0) | (found.contains(.invalid) ? 0x80 : 0)
        return BinaryCounterReading(value: value, notation: notation)
    }

    // MARK: Kinds of values

    private func mismatch(_ value: PointDocument.Value, _ expected: String) -> PointDocumentFault {
        let shown =
            switch value {
            case .bool(let bool): "\(bool)"
            case .number(let number): "\(number)"
            case .text(let text): "\"\(text.prefix(60))\""
            }
        return PointDocumentFault("value", "\(expected) is expected for \(type), not \(shown)")
    }

    private func single(_ value: PointDocument.Value, of source: TypeIdentification?) throws(PointDocumentFault) -> Bool
    {
        if source?.withoutTimeTag == .M_DP_NA_1 {
            switch try doubleState(value) {
            case .off: return false
            case .on: return true
            default: throw mismatch(value, "off or on")
            }
        }
        switch value {
        case .bool(let bool): return bool
        case .number(0): return false
        case .number(1): return true
        case .text(let text):
            if text.lowercased() == "off" { return false }
            if text.lowercased() == "on" { return true }
            fallthrough
        default: throw mismatch(value, "true, false, 0 or 1")
        }
    }

    private func double(
        _ value: PointDocument.Value, of source: TypeIdentification?
    ) throws(PointDocumentFault) -> DoublePointState {
        let state: DoublePointState
        if source?.withoutTimeTag == .M_SP_NA_1 {
            state = try PointConverter(type: .M_SP_NA_1).single(value, of: nil) ? .on : .off
        } else {
            state = try doubleState(value)
        }
        guard invert else { return state }
        return state == .on ? .off : state == .off ? .on : state
    }

    private func doubleState(_ value: PointDocument.Value) throws(PointDocumentFault) -> DoublePointState {
        switch value {
        case .bool(let bool): return bool ? .on : .off
        case .number(let number):
            if let state = UInt8(exactly: number).flatMap(DoublePointState.init(rawValue:)) { return state }
        case .text(let text):
            switch text.lowercased() {
            case "intermediate": return .intermediate
            case "off": return .off
            case "on": return .on
            case "indeterminate": return .indeterminate
            default: break
            }
        }
        throw mismatch(value, "0...3, intermediate, off, on or indeterminate")
    }

    /// The number before scaling. Texts say what JSON numbers can't.
    private func number(_ value: PointDocument.Value) throws(PointDocumentFault) -> Double {
        switch value {
        case .number(let number): return number
        case .bool: break
        case .text(let text):
            switch text.lowercased() {
            case "nan": return .nan
            case "inf", "+inf", "infinity", "+infinity": return .infinity
            case "-inf", "-infinity": return -.infinity
            default: break
            }
        }
        throw mismatch(value, "a number")
    }

    private func measured(_ value: PointDocument.Value) throws(PointDocumentFault) -> Double {
        let number = try number(value)
        let scaled = scale == 1 && offset == 0 ? number : number * scale + offset
        guard number.isFinite, !scaled.isFinite else { return scaled }
        // Too large, which is something else than not a number.
        return scaled > 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
    }

    private func finite(_ number: Double, _ quality: inout QualityDescriptor) -> Double {
        guard !number.isFinite else { return number }
        quality.insert(.invalid)
        return 0
    }

    private func float(_ number: Double, _ quality: inout QualityDescriptor) -> Float {
        let number = finite(number, &quality)
        let float = Float(number)
        guard !float.isFinite else { return float }
        quality.insert(.overflow)
        return number > 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
    }

    /// A document that says it is of another type must fit without rounding; one for this type may be rounded.
    private func requireWhole(_ number: Double, unless source: TypeIdentification?) throws(PointDocumentFault) {
        guard let source, source.withoutTimeTag != type.withoutTimeTag, scale == 1, offset == 0 else { return }
        guard number == number.rounded() else {
            throw PointDocumentFault("value", "\(number) of \(source) would lose its fraction as \(type)")
        }
    }

    private func whole(
        _ value: PointDocument.Value, _ range: ClosedRange<Double>, _ quality: inout QualityDescriptor
    ) throws(PointDocumentFault) -> Double {
        let number = finite(try number(value), &quality)
        guard number == number.rounded() else { throw mismatch(value, "a whole number") }
        guard !(range ~= number) else { return number }
        quality.insert(.overflow)
        return min(max(number, range.lowerBound), range.upperBound)
    }

    private func bits(_ value: PointDocument.Value) throws(PointDocumentFault) -> UInt32 {
        switch value {
        case .number(let number):
            if let bits = UInt32(exactly: number) { return bits }
            // The same 32 bits, written by a source that takes them for a signed number.
            if let signed = Int32(exactly: number) { return UInt32(bitPattern: signed) }
        case .text(let text):
            if text.lowercased().hasPrefix("0x"), let bits = UInt32(text.dropFirst(2), radix: 16) { return bits }
        case .bool: break
        }
        throw mismatch(value, "32 bits, 0...4294967295,")
    }
}
