import IEC104Model
import Presentation

extension ObjectJSON {
    /// Commands, set-points and parameters of measured values, 45...51, 58...64 and 110...112; false for other types.
    static func addCommand(_ element: InformationElement, to json: inout JSONObject) -> Bool {
        var time: CP56Time2a?
        switch element {
        case .C_SC_NA_1(let element): json.add("sco", fields(element.command))
        case .C_SC_TA_1(let element):
            json.add("sco", fields(element.command))
            time = element.time
        case .C_DC_NA_1(let element): json.add("dco", fields(element.command))
        case .C_DC_TA_1(let element):
            json.add("dco", fields(element.command))
            time = element.time
        case .C_RC_NA_1(let element): json.add("rco", fields(element.command))
        case .C_RC_TA_1(let element):
            json.add("rco", fields(element.command))
            time = element.time
        case .C_BO_NA_1(let element): add(bits: element.bits, to: &json)
        case .C_BO_TA_1(let element):
            add(bits: element.bits, to: &json)
            time = element.time
        default:
            return addSetPoint(element, to: &json)
        }
        if let time { json.add("time", TimeTagJSON.object(time)) }
        return true
    }

    private static func addSetPoint(_ element: InformationElement, to json: inout JSONObject) -> Bool {
        let qualifier: (String, JSONObject)
        var time: CP56Time2a?
        switch element {
        case .C_SE_NA_1(let element):
            add(element.value, to: &json)
            qualifier = ("qos", fields(element.qualifier))
        case .C_SE_TA_1(let element):
            add(element.value, to: &json)
            (qualifier, time) = (("qos", fields(element.qualifier)), element.time)
        case .C_SE_NB_1(let element):
            json.add("value", .integer(Int64(element.value)))
            qualifier = ("qos", fields(element.qualifier))
        case .C_SE_TB_1(let element):
            json.add("value", .integer(Int64(element.value)))
            (qualifier, time) = (("qos", fields(element.qualifier)), element.time)
        case .C_SE_NC_1(let element):
            add(element.value, to: &json)
            qualifier = ("qos", fields(element.qualifier))
        case .C_SE_TC_1(let element):
            add(element.value, to: &json)
            (qualifier, time) = (("qos", fields(element.qualifier)), element.time)
        case .P_ME_NA_1(let element):
            add(element.value, to: &json)
            qualifier = ("qpm", fields(element.qualifier))
        case .P_ME_NB_1(let element):
            json.add("value", .integer(Int64(element.value)))
            qualifier = ("qpm", fields(element.qualifier))
        case .P_ME_NC_1(let element):
            add(element.value, to: &json)
            qualifier = ("qpm", fields(element.qualifier))
        default:
            return false
        }
        json.add(qualifier.0, qualifier.1)
        if let time { json.add("time", TimeTagJSON.object(time)) }
        return true
    }

    /// Initialization, interrogation, clock and reset, 70, 100...103 and 105; false for other types.
    static func addSystem(_ element: InformationElement, to json: inout JSONObject) -> Bool {
        switch element {
        case .M_EI_NA_1(let element):
            let cause = element.causeOfInitialization
            json.add(
                "coi", octet(cause.rawValue, ("coi_r", Int(cause.cause)), ("coi_i", cause.parametersChanged ? 1 : 0)))
        case .C_IC_NA_1(let element): json.add("qoi", .integer(Int64(element.qualifier.rawValue)))
        case .C_CI_NA_1(let element):
            let qualifier = element.qualifier
            json.add("qcc", octet(qualifier.rawValue, ("rqt", Int(qualifier.request)), ("frz", Int(qualifier.freeze))))
        case .C_RD_NA_1: break
        case .C_CS_NA_1(let element): json.add("time", TimeTagJSON.object(element.time))
        case .C_RP_NA_1(let element): json.add("qrp", .integer(Int64(element.qualifier.rawValue)))
        default: return false
        }
        return true
    }

    private static func octet(_ raw: UInt8, _ parts: (String, Int)...) -> JSONObject {
        .fields([("raw", Int(raw))] + parts)
    }

    private static func fields(_ command: SingleCommand) -> JSONObject {
        octet(
            command.rawValue, ("on", command.isOn ? 1 : 0), ("qu", Int(command.qualifier)),
            ("se", command.isSelect ? 1 : 0))
    }

    private static func fields(_ command: DoubleCommand) -> JSONObject {
        octet(
            command.rawValue, ("on", Int(command.state)), ("qu", Int(command.qualifier)),
            ("se", command.isSelect ? 1 : 0))
    }

    private static func fields(_ command: RegulatingStepCommand) -> JSONObject {
        octet(
            command.rawValue, ("up", Int(command.step)), ("qu", Int(command.qualifier)),
            ("se", command.isSelect ? 1 : 0))
    }

    private static func fields(_ qualifier: QualifierOfSetPoint) -> JSONObject {
        octet(qualifier.rawValue, ("ql", Int(qualifier.qualifier)), ("se", qualifier.isSelect ? 1 : 0))
    }

    private static func fields(_ qualifier: QualifierOfParameter) -> JSONObject {
        octet(
            qualifier.rawValue, ("kpa", Int(qualifier.kind)), ("lpc", Int(qualifier.rawValue >> 6 & 1)),
            ("pop", Int(qualifier.rawValue >> 7)))
    }
}
