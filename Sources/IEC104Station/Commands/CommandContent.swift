import IEC104Model

/// The information element of a command, whichever of the fourteen types carries it.
struct CommandContent: Hashable {
    /// Nil for a value that the standard doesn't permit: double command and regulating step 0 and 3.
    let value: CommandValue?
    /// QU or QL.
    let qualifier: UInt8
    /// S/E.
    let isSelect: Bool
    /// Types 58...64.
    let time: CP56Time2a?

    /// Nil for an element that is no command.
    init?(_ element: InformationElement) {
        switch element {
        case .C_SC_NA_1(let element): self.init(element.command)
        case .C_SC_TA_1(let element): self.init(element.command, element.time)
        case .C_DC_NA_1(let element): self.init(element.command)
        case .C_DC_TA_1(let element): self.init(element.command, element.time)
        case .C_RC_NA_1(let element): self.init(element.command)
        case .C_RC_TA_1(let element): self.init(element.command, element.time)
        case .C_SE_NA_1(let element): self.init(.normalized(element.value), element.qualifier)
        case .C_SE_TA_1(let element): self.init(.normalized(element.value), element.qualifier, element.time)
        case .C_SE_NB_1(let element): self.init(.scaled(element.value), element.qualifier)
        case .C_SE_TB_1(let element): self.init(.scaled(element.value), element.qualifier, element.time)
        case .C_SE_NC_1(let element): self.init(.shortFloat(element.value), element.qualifier)
        case .C_SE_TC_1(let element): self.init(.shortFloat(element.value), element.qualifier, element.time)
        case .C_BO_NA_1(let element): self.init(.bitstring(element.bits), QualifierOfSetPoint(rawValue: 0))
        case .C_BO_TA_1(let element):
            self.init(.bitstring(element.bits), QualifierOfSetPoint(rawValue: 0), element.time)
        default: return nil
        }
    }

    private init(_ command: SingleCommand, _ time: CP56Time2a? = nil) {
        self.init(.single(command.isOn), command.qualifier, command.isSelect, time)
    }

    private init(_ command: DoubleCommand, _ time: CP56Time2a? = nil) {
        let isOn: Bool? = command.state == 1 ? false : command.state == 2 ? true : nil
        self.init(isOn.map { .double($0) }, command.qualifier, command.isSelect, time)
    }

    private init(_ command: RegulatingStepCommand, _ time: CP56Time2a? = nil) {
        let isHigher: Bool? = command.step == 1 ? false : command.step == 2 ? true : nil
        self.init(isHigher.map { .step($0) }, command.qualifier, command.isSelect, time)
    }

    private init(_ value: CommandValue, _ qualifier: QualifierOfSetPoint, _ time: CP56Time2a? = nil) {
        self.init(value, qualifier.qualifier, qualifier.isSelect, time)
    }

    private init(_ value: CommandValue?, _ qualifier: UInt8, _ isSelect: Bool, _ time: CP56Time2a?) {
        self.value = value
        self.qualifier = qualifier
        self.isSelect = isSelect
        self.time = time
    }

    /// True for the qualifiers that the standard gives a meaning: QU 0...3; QL 0.
    var hasDefinedQualifier: Bool { value?.number == nil ? qualifier <= 3 : qualifier == 0 }
}
