import IEC104Model

/// The types that a point can be served with.
let monitoredTypes: [TypeIdentification] = [1, 3, 5, 7, 9, 11, 13, 15, 20, 21, 30, 31, 32, 33, 34, 35, 36, 37].map {
    TypeIdentification(rawValue: $0)
}

extension ProcessValue {
    /// A value that a type can carry.
    init(of type: TypeIdentification, _ input: inout FuzzInput) {
        let octet = input.octet()
        switch type.withoutTimeTag {
        case .M_SP_NA_1: self = .singlePoint(octet & 1 == 1)
        case .M_DP_NA_1: self = .doublePoint(DoublePointState(rawValue: octet & 3) ?? .indeterminate)
        case .M_ST_NA_1: self = .stepPosition(Int8(octet & 0x7F) - 64, transient: octet & 0x80 != 0)
        case .M_BO_NA_1: self = .bitstring(UInt32(octet) << 24 | UInt32(octet))
        case .M_ME_NA_1, .M_ME_ND_1: self = .normalized(NormalizedValue(rawValue: Int16(octet) << 7))
        case .M_ME_NB_1: self = .scaled(Int16(octet) << 7)
        case .M_IT_NA_1:
            self = .integratedTotals(
                BinaryCounterReading(value: Int32(truncatingIfNeeded: UInt32(octet) << 24), notation: octet))
        case .M_PS_NA_1:
            self = .packedSinglePoints(StatusChangeDetection(status: UInt16(octet), changeDetected: UInt16(octet)))
        default: self = .shortFloat(Float(bitPattern: UInt32(octet) << 24))
        }
    }
}
