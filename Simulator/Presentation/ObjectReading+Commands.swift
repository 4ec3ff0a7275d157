import IEC104Model

extension ObjectReading {
    /// Commands and set-points, 45...51 and 58...64.
    static func command(_ element: InformationElement) -> ObjectReading? {
        switch element {
        case .C_SC_NA_1(let element): single(element.command, nil)
        case .C_SC_TA_1(let element): single(element.command, .full(element.time))
        case .C_DC_NA_1(let element): double(element.command, nil)
        case .C_DC_TA_1(let element): double(element.command, .full(element.time))
        case .C_RC_NA_1(let element): step(element.command, nil)
        case .C_RC_TA_1(let element): step(element.command, .full(element.time))
        case .C_SE_NA_1(let element): setPoint(.number(element.value.value), element.qualifier, nil)
        case .C_SE_TA_1(let element): setPoint(.number(element.value.value), element.qualifier, .full(element.time))
        case .C_SE_NB_1(let element): setPoint(.integer(Int64(element.value)), element.qualifier, nil)
        case .C_SE_TB_1(let element): setPoint(.integer(Int64(element.value)), element.qualifier, .full(element.time))
        case .C_SE_NC_1(let element): setPoint(.float(element.value), element.qualifier, nil)
        case .C_SE_TC_1(let element): setPoint(.float(element.value), element.qualifier, .full(element.time))
        case .C_BO_NA_1(let element): ObjectReading(.integer(Int64(element.bits)), Hexadecimal.text(element.bits))
        case .C_BO_TA_1(let element):
            ObjectReading(.integer(Int64(element.bits)), Hexadecimal.text(element.bits), time: .full(element.time))
        default: nil
        }
    }

    private static func single(_ command: SingleCommand, _ time: TimeTag?) -> ObjectReading {
        ObjectReading(
            .bool(command.isOn), time: time,
            ["select": .bool(command.isSelect), "qualifier": .integer(Int64(command.qualifier))])
    }

    private static func double(_ command: DoubleCommand, _ time: TimeTag?) -> ObjectReading {
        ObjectReading(
            .integer(Int64(command.state)), command.state == 1 ? "off" : command.state == 2 ? "on" : nil, time: time,
            ["select": .bool(command.isSelect), "qualifier": .integer(Int64(command.qualifier))])
    }

    private static func step(_ command: RegulatingStepCommand, _ time: TimeTag?) -> ObjectReading {
        ObjectReading(
            .integer(Int64(command.step)), command.step == 1 ? "lower" : command.step == 2 ? "higher" : nil, time: time,
            ["select": .bool(command.isSelect), "qualifier": .integer(Int64(command.qualifier))])
    }

    private static func setPoint(
        _ value: Scalar, _ qualifier: QualifierOfSetPoint, _ time: TimeTag?
    ) -> ObjectReading {
        ObjectReading(
            value, time: time,
            ["select": .bool(qualifier.isSelect), "qualifier": .integer(Int64(qualifier.qualifier))])
    }

    /// System information, parameters and files: 70 and 100...126.
    static func system(_ element: InformationElement) -> ObjectReading {
        switch element {
        case .M_EI_NA_1(let element): qualifier("coi", element.causeOfInitialization.rawValue)
        case .C_IC_NA_1(let element): qualifier("qoi", element.qualifier.rawValue)
        case .C_CI_NA_1(let element): qualifier("qcc", element.qualifier.rawValue)
        case .C_RP_NA_1(let element): qualifier("qrp", element.qualifier.rawValue)
        case .C_CS_NA_1(let element): ObjectReading(nil, time: .full(element.time))
        case .C_TS_NA_1(let element): ObjectReading(.integer(Int64(element.pattern)))
        case .C_TS_TA_1(let element): ObjectReading(.integer(Int64(element.counter)), time: .full(element.time))
        case .C_CD_NA_1(let element): ObjectReading(.integer(Int64(element.delay.milliseconds)))
        case .P_ME_NA_1(let element): parameter(.number(element.value.value), element.qualifier)
        case .P_ME_NB_1(let element): parameter(.integer(Int64(element.value)), element.qualifier)
        case .P_ME_NC_1(let element): parameter(.float(element.value), element.qualifier)
        case .P_AC_NA_1(let element): qualifier("qpa", element.qualifier.rawValue)
        case .F_FR_NA_1(let element): file(element.fileName)
        case .F_SR_NA_1(let element): file(element.fileName)
        case .F_SC_NA_1(let element): file(element.fileName)
        case .F_LS_NA_1(let element): file(element.fileName)
        case .F_AF_NA_1(let element): file(element.fileName)
        case .F_SG_NA_1(let element): file(element.fileName)
        case .F_DR_TA_1(let element):
            ObjectReading(nil, time: .full(element.creationTime), ["file": .integer(Int64(element.fileName))])
        default: ObjectReading(nil)
        }
    }

    private static func qualifier(_ name: String, _ value: UInt8) -> ObjectReading {
        var reading = ObjectReading(nil, "\(name.uppercased()) \(value)")
        reading.details = [Detail(name: name, value: .integer(Int64(value)))]
        return reading
    }

    private static func parameter(_ value: Scalar, _ qualifier: QualifierOfParameter) -> ObjectReading {
        ObjectReading(value, nil, ["qpm": .integer(Int64(qualifier.rawValue))])
    }

    private static func file(_ name: UInt16) -> ObjectReading {
        ObjectReading(nil, "file \(name)", ["file": .integer(Int64(name))])
    }
}
