import ControllingStation
import IEC104Model
import NIOCore
import Presentation
import Yams

extension StepSource {
    private static let commandKeys = ["type", "ca", "ioa", "value", "qualifier", "originator", "test"]

    // MARK: Read and clock

    func ask(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        let limit = try limit(fields)
        var pattern = ASDUPattern()
        guard verb == "read" else {
            let address = try commonAddress(fields)
            (pattern.type, pattern.cause) = (.C_CS_NA_1, .activationConfirmation)
            (pattern.commonAddress, pattern.isNegative) = (address, false)
            let request: @Sendable () -> ByteBuffer = {
                Self.octets(
                    ASDU(
                        InformationObject(
                            address: .irrelevant, element: .C_CS_NA_1(C_CS_NA_1(time: Self.now))),
                        cause: .activation, commonAddress: address))
            }
            return (
                "clock synchronization of CA \(address)",
                .ask(request, FrameExpectation(pattern: .data(pattern), limit: limit))
            )
        }
        let point = try Fields(try fields.required(verb), text, what: verb, keys: ["ca", "ioa", "value", "quality"])
        let address = try self.address(point)
        (pattern.cause, pattern.commonAddress) = (.request, address.commonAddress)
        pattern.objectAddress = address.informationObjectAddress
        pattern.value = try point.string("value")
        pattern.quality = try point.quality()
        let request: @Sendable () -> ByteBuffer = {
            Self.octets(
                ASDU(
                    InformationObject(
                        address: address.informationObjectAddress, element: .C_RD_NA_1(C_RD_NA_1())),
                    cause: .request, commonAddress: address.commonAddress))
        }
        return ("read \(address)", .ask(request, FrameExpectation(pattern: .data(pattern), limit: limit)))
    }

    private func address(_ fields: Fields) throws(ScenarioFault) -> PointAddress {
        _ = (try fields.required("ca"), try fields.required("ioa"))
        return PointAddress(
            commonAddress: try fields.commonAddress() ?? .broadcast,
            informationObjectAddress: try fields.objectAddress() ?? .irrelevant)
    }

    // MARK: Commands

    func command(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        let own = try Fields(try fields.required(verb), text, what: verb, keys: Self.commandKeys)
        let typeNode = try own.required("type")
        guard let type = try own.type(), type.isCommand else {
            throw text.fault(typeNode, "a type of command is expected, 45...51 or 58...64")
        }
        let command = try self.command(own, type)
        var step = CommandStep.execute
        if let node = fields["step"] {
            step = try text.word(node, "step", ["select": .select, "execute": .execute, "cancel": .cancel])
        }
        guard step != .select || type.withoutTimeTag != .C_BO_NA_1 else {
            throw text.fault(node, "a bitstring can't be selected")
        }
        var answer: CommandRequest.AnswerWord = step == .execute ? .terminated : .confirmed
        if let node = fields["answer"] {
            let words = CommandRequest.AnswerWord.allCases.map(\.rawValue)
            let word = try text.text(node, "answer")
            guard let known = CommandRequest.AnswerWord(rawValue: word) else {
                throw text.fault(node, "unknown answer \"\(word)\"\(NearestWord.hint(for: word, among: words))")
            }
            answer = known
        }
        let request = CommandRequest(
            command: command, step: step, hasTimeTag: type.hasTimeTag, answer: answer, limit: try limit(fields))
        return ("\(step.rawValue) \(type) \(command.address), to be \(answer)", .command(request))
    }

    private func command(_ fields: Fields, _ type: TypeIdentification) throws(ScenarioFault) -> Command {
        let valueNode = try fields.required("value")
        let value: CommandValue
        do {
            value = try CommandValue(try fields.string("value") ?? "", type: type)
        } catch let fault as CommandValue.Fault {
            throw text.fault(valueNode, "\(fault)")
        } catch let fault as ScenarioFault {
            throw fault
        } catch {
            throw text.fault(valueNode, "\(error)")
        }
        let largest: Int =
            switch value {
            case .single, .double, .step: 31
            case .normalized, .scaled, .shortFloat: 127
            case .bitstring: 0
            }
        var command = Command(address: try address(fields), value: value)
        command.qualifier = UInt8(try fields.integer("qualifier", 0...largest) ?? 0)
        command.originatorAddress = UInt8(try fields.integer("originator", 0...255) ?? 0)
        command.isTest = try fields.flag("test") ?? false
        return command
    }

    // MARK: Any ASDU

    func send(_ fields: Fields) throws(ScenarioFault) -> (String, StepAction) {
        let node = try fields.required(verb)
        let own = try Fields(
            node, text, what: verb, keys: ["octets", "cause", "negative", "select"] + Self.commandKeys)
        if let octets = own["octets"] {
            let octets = ByteBuffer(bytes: try text.octets(octets, "octets", maximum: ASDU.maximumSize))
            return ("send ASDU \(FrameText.octets(octets.readableBytesView))", .send { octets })
        }
        let typeNode = try own.required("type")
        guard let type = try own.type() else { throw text.fault(typeNode, "unknown type") }
        _ = try own.required("ca")
        let cause = try own.cause() ?? (type == .C_RD_NA_1 ? .request : .activation)
        let element = try element(own, type, typeNode)
        let identifier = DataUnitIdentifier(
            typeIdentification: type, count: 1, cause: cause, isNegative: try own.flag("negative") ?? false,
            isTest: try own.flag("test") ?? false,
            originatorAddress: UInt8(try own.integer("originator", 0...255) ?? 0),
            commonAddress: try own.commonAddress() ?? .broadcast)
        let address = try own.objectAddress() ?? .irrelevant
        return (
            "send \(type), \(cause) (\(cause.rawValue)), CA \(identifier.commonAddress), IOA \(address)",
            .send {
                var asdu = ASDU(
                    InformationObject(address: address, element: element()), cause: cause,
                    commonAddress: identifier.commonAddress)
                asdu.identifier = identifier
                return Self.octets(asdu)
            }
        )
    }

    private func element(
        _ fields: Fields, _ type: TypeIdentification, _ typeNode: Node
    ) throws(ScenarioFault) -> @Sendable () -> InformationElement {
        if type.isCommand {
            let command = try command(fields, type)
            let step: CommandStep = try fields.flag("select") == true ? .select : .execute
            return {
                let asdu = command.asdu(step, time: type.hasTimeTag ? Self.now : nil)
                return asdu.objects.first?.element ?? .C_RD_NA_1(C_RD_NA_1())
            }
        }
        let qualifier = try fields.integer("qualifier", 0...255).map { UInt8($0) }
        let value = UInt16(try fields.integer("value", 0...65_535) ?? 0x55AA)
        switch type {
        case .C_IC_NA_1:
            return { .C_IC_NA_1(C_IC_NA_1(qualifier: QualifierOfInterrogation(rawValue: qualifier ?? 20))) }
        case .C_CI_NA_1:
            return { .C_CI_NA_1(C_CI_NA_1(qualifier: QualifierOfCounterInterrogation(rawValue: qualifier ?? 5))) }
        case .C_RD_NA_1: return { .C_RD_NA_1(C_RD_NA_1()) }
        case .C_CS_NA_1: return { .C_CS_NA_1(C_CS_NA_1(time: Self.now)) }
        case .C_TS_NA_1: return { .C_TS_NA_1(C_TS_NA_1(pattern: value)) }
        case .C_TS_TA_1: return { .C_TS_TA_1(C_TS_TA_1(counter: value, time: Self.now)) }
        case .C_RP_NA_1:
            return { .C_RP_NA_1(C_RP_NA_1(qualifier: QualifierOfResetProcess(rawValue: qualifier ?? 1))) }
        default:
            throw text.fault(typeNode, "\(type) can be sent by its octets only: send: { octets: ... }")
        }
    }

    // MARK: What is sent

    private static func octets(_ asdu: ASDU) -> ByteBuffer {
        var octets = ByteBuffer()
        asdu.encode(into: &octets)
        return octets
    }

    private static var now: CP56Time2a { CP56Time2a(millisecondsSince1970: WallClock.milliseconds()) }
}
