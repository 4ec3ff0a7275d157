import NIOCore

/// A value with its quality and, where there is one, its time tag: what a data point says.
package struct ProcessInformation: Hashable, Sendable {
    /// The value.
    package var value: ProcessValue
    /// Its quality. Types without a quality descriptor leave it out; a counter reading shows only IV.
    package var quality: QualityDescriptor
    /// When it was so; types without time tag leave it out.
    package var time: CP56Time2a?

    package init(value: ProcessValue, quality: QualityDescriptor = .good, time: CP56Time2a? = nil) {
        self.value = value
        self.quality = quality
        self.time = time
    }

    /// Octets of an element of `type`, without the address; nil for types that don't carry a `ProcessValue` or carry
    /// it with a CP24Time2a.
    package static func elementSize(of type: TypeIdentification) -> Int? {
        switch type.rawValue {
        case 1, 3: 1
        case 5, 21: 2
        case 9, 11: 3
        case 7, 13, 15, 20: 5
        case 30, 31: 8
        case 32: 9
        case 34, 35: 10
        case 33, 36, 37: 12
        default: nil
        }
    }

    /// The element of an information object of `type` as it goes on the wire, without address and time tag: octet 1 in
    /// the lowest eight bits, and how many octets there are. Nil if the type doesn't carry such a value.
    package func element(as type: TypeIdentification) -> (bits: UInt64, size: Int)? {
        let measured = UInt64(quality.rawValue & ~QualityDescriptor.elapsedTimeInvalid.rawValue)
        switch (value, type.rawValue) {
        case (.shortFloat(let value), 13), (.shortFloat(let value), 36):
            return (UInt64(value.bitPattern) | measured << 32, 5)
        case (.singlePoint(let isOn), 1), (.singlePoint(let isOn), 30):
            return (UInt64(SinglePointInformation(isOn: isOn, quality: quality).rawValue), 1)
        case (.doublePoint(let state), 3), (.doublePoint(let state), 31):
            return (UInt64(DoublePointInformation(state: state, quality: quality).rawValue), 1)
        case (.stepPosition(let position, let transient), 5), (.stepPosition(let position, let transient), 32):
            return (UInt64(StepPosition(value: position, isTransient: transient).rawValue) | measured << 8, 2)
        case (.bitstring(let bits), 7), (.bitstring(let bits), 33):
            return (UInt64(bits) | measured << 32, 5)
        case (.normalized(let value), 9), (.normalized(let value), 34):
            return (UInt64(UInt16(bitPattern: value.rawValue)) | measured << 16, 3)
        case (.normalized(let value), 21):
            return (UInt64(UInt16(bitPattern: value.rawValue)), 2)
        case (.scaled(let value), 11), (.scaled(let value), 35):
            return (UInt64(UInt16(bitPattern: value)) | measured << 16, 3)
        case (.integratedTotals(let reading), 15), (.integratedTotals(let reading), 37):
            let notation = reading.notation | quality.rawValue & QualityDescriptor.invalid.rawValue
            return (UInt64(UInt32(bitPattern: reading.value)) | UInt64(notation) << 32, 5)
        case (.packedSinglePoints(let points), 20):
            return (UInt64(points.status) | UInt64(points.changeDetected) << 16 | measured << 32, 5)
        default:
            return nil
        }
    }

    /// The time tag that goes on the wire: one that is marked invalid where there is none.
    package var timeTag: CP56Time2a { time ?? CP56Time2a(rawValue: 1 << 23) }

    /// Appends the element of an information object of `type`, without its address.
    ///
    /// - Returns: false, with `buffer` unchanged, if the type doesn't carry such a value.
    package func encode(as type: TypeIdentification, into buffer: inout ByteBuffer) -> Bool {
        guard let element = element(as: type) else { return false }
        buffer.setInteger(element.bits, at: buffer.writerIndex, endianness: .little)
        buffer.moveWriterIndex(forwardBy: element.size)
        if type.hasTimeTag { timeTag.encode(into: &buffer) }
        return true
    }
}

extension InformationElement {
    /// What a monitored data point says; nil for other types and for those with CP24Time2a or of protection equipment.
    package var processInformation: ProcessInformation? {
        switch self {
        case .M_SP_NA_1(let element): .init(element.information)
        case .M_SP_TB_1(let element): .init(element.information, element.time)
        case .M_DP_NA_1(let element): .init(element.information)
        case .M_DP_TB_1(let element): .init(element.information, element.time)
        case .M_ST_NA_1(let element): .init(value: .init(element.position), quality: element.quality)
        case .M_ST_TB_1(let element):
            .init(value: .init(element.position), quality: element.quality, time: element.time)
        case .M_BO_NA_1(let element): .init(value: .bitstring(element.bits), quality: element.quality)
        case .M_BO_TB_1(let element):
            .init(value: .bitstring(element.bits), quality: element.quality, time: element.time)
        case .M_ME_NA_1(let element): .init(value: .normalized(element.value), quality: element.quality)
        case .M_ME_ND_1(let element): .init(value: .normalized(element.value))
        case .M_ME_TD_1(let element):
            .init(value: .normalized(element.value), quality: element.quality, time: element.time)
        case .M_ME_NB_1(let element): .init(value: .scaled(element.value), quality: element.quality)
        case .M_ME_TE_1(let element): .init(value: .scaled(element.value), quality: element.quality, time: element.time)
        case .M_ME_NC_1(let element): .init(value: .shortFloat(element.value), quality: element.quality)
        case .M_ME_TF_1(let element):
            .init(value: .shortFloat(element.value), quality: element.quality, time: element.time)
        case .M_IT_NA_1(let element): .init(element.reading)
        case .M_IT_TB_1(let element): .init(element.reading, element.time)
        case .M_PS_NA_1(let element): .init(value: .packedSinglePoints(element.points), quality: element.quality)
        default: nil
        }
    }
}

extension ProcessValue {
    init(_ position: StepPosition) {
        self = .stepPosition(position.value, transient: position.isTransient)
    }
}

extension ProcessInformation {
    fileprivate init(_ information: SinglePointInformation, _ time: CP56Time2a? = nil) {
        self.init(value: .singlePoint(information.isOn), quality: information.quality, time: time)
    }

    fileprivate init(_ information: DoublePointInformation, _ time: CP56Time2a? = nil) {
        self.init(value: .doublePoint(information.state), quality: information.quality, time: time)
    }

    fileprivate init(_ reading: BinaryCounterReading, _ time: CP56Time2a? = nil) {
        self.init(value: .integratedTotals(reading), quality: reading.isInvalid ? .invalid : .good, time: time)
    }
}
