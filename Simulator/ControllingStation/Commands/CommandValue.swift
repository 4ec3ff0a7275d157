import IEC104Model

/// What a command sets, in the form of one of the seven kinds of command.
package enum CommandValue: Hashable, Sendable {
    /// C_SC: true is on.
    case single(Bool)
    /// C_DC: false is off (DCS 1), true is on (DCS 2).
    case double(Bool)
    /// C_RC: the next step lower (RCS 1) or higher (RCS 2).
    case step(isHigher: Bool)
    /// C_SE_NA, C_SE_TA.
    case normalized(NormalizedValue)
    /// C_SE_NB, C_SE_TB.
    case scaled(Int16)
    /// C_SE_NC, C_SE_TC.
    case shortFloat(Float)
    /// C_BO. It has neither a qualifier nor a bit to select with.
    case bitstring(UInt32)

    /// The largest qualifier it takes: QU of a single, double or step command, QL of a set-point; 0 for none.
    package var largestQualifier: UInt8 {
        switch self {
        case .single, .double, .step: 31
        case .normalized, .scaled, .shortFloat: 127
        case .bitstring: 0
        }
    }

    /// The information element that carries the value.
    ///
    /// - Parameters:
    ///   - qualifier: QU (0...31) of a single, double or step command, QL (0...127) of a set-point; upper bits are cut off.
    ///   - isSelect: S/E.
    ///   - time: makes it one of the types 58...64.
    func element(qualifier: UInt8, isSelect: Bool, time: CP56Time2a?) -> InformationElement {
        let select: UInt8 = isSelect ? 0x80 : 0
        let setPoint = QualifierOfSetPoint(rawValue: select | qualifier & 0x7F)
        let upper = select | (qualifier & 0x1F) << 2
        switch self {
        case .single(let isOn):
            let command = SingleCommand(rawValue: upper | (isOn ? 1 : 0))
            return time.map { .C_SC_TA_1(.init(command: command, time: $0)) } ?? .C_SC_NA_1(.init(command: command))
        case .double(let isOn):
            let command = DoubleCommand(rawValue: upper | (isOn ? 2 : 1))
            return time.map { .C_DC_TA_1(.init(command: command, time: $0)) } ?? .C_DC_NA_1(.init(command: command))
        case .step(let isHigher):
            let command = RegulatingStepCommand(rawValue: upper | (isHigher ? 2 : 1))
            return time.map { .C_RC_TA_1(.init(command: command, time: $0)) } ?? .C_RC_NA_1(.init(command: command))
        case .normalized(let value):
            return time.map { .C_SE_TA_1(.init(value: value, qualifier: setPoint, time: $0)) }
                ?? .C_SE_NA_1(.init(value: value, qualifier: setPoint))
        case .scaled(let value):
            return time.map { .C_SE_TB_1(.init(value: value, qualifier: setPoint, time: $0)) }
                ?? .C_SE_NB_1(.init(value: value, qualifier: setPoint))
        case .shortFloat(let value):
            return time.map { .C_SE_TC_1(.init(value: value, qualifier: setPoint, time: $0)) }
                ?? .C_SE_NC_1(.init(value: value, qualifier: setPoint))
        case .bitstring(let bits):
            return time.map { .C_BO_TA_1(.init(bits: bits, time: $0)) } ?? .C_BO_NA_1(.init(bits: bits))
        }
    }
}
