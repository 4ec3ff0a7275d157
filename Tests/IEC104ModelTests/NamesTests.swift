import Testing

@testable import IEC104Model

@Suite("Names of types, causes and qualities")
struct NamesTests {
    @Test(
        "the type without time tag and the one with CP56Time2a",
        arguments: [
            (TypeIdentification.M_SP_NA_1, TypeIdentification.M_SP_TA_1, TypeIdentification.M_SP_TB_1),
            (.M_DP_NA_1, .M_DP_TA_1, .M_DP_TB_1), (.M_ST_NA_1, .M_ST_TA_1, .M_ST_TB_1),
            (.M_BO_NA_1, .M_BO_TA_1, .M_BO_TB_1), (.M_ME_NA_1, .M_ME_TA_1, .M_ME_TD_1),
            (.M_ME_NB_1, .M_ME_TB_1, .M_ME_TE_1), (.M_ME_NC_1, .M_ME_TC_1, .M_ME_TF_1),
            (.M_IT_NA_1, .M_IT_TA_1, .M_IT_TB_1),
        ])
    func monitoredTypes(plain: TypeIdentification, short: TypeIdentification, long: TypeIdentification) {
        for type in [plain, short, long] {
            #expect(type.withoutTimeTag == plain)
            #expect(type.withCP56Time2a == long)
            #expect(type.hasTimeTag == (type != plain))
            #expect(type.isProcessInformation && !type.isCommand)
        }
    }

    @Test("commands have a type with CP56Time2a thirteen numbers higher", arguments: UInt8(45)...51)
    func commands(number: UInt8) {
        let (plain, timed) = (TypeIdentification(rawValue: number), TypeIdentification(rawValue: number + 13))
        for type in [plain, timed] {
            #expect(type.withoutTimeTag == plain)
            #expect(type.withCP56Time2a == timed)
            #expect(type.hasTimeTag == (type == timed))
            #expect(type.isCommand && !type.isProcessInformation)
        }
    }

    @Test("protection events have no type without time tag; packed points and types without quality have none with it")
    func otherTypes() {
        #expect(TypeIdentification.M_EP_TA_1.withCP56Time2a == .M_EP_TD_1)
        #expect(TypeIdentification.M_EP_TB_1.withCP56Time2a == .M_EP_TE_1)
        #expect(TypeIdentification.M_EP_TC_1.withCP56Time2a == .M_EP_TF_1)
        #expect(TypeIdentification.M_EP_TD_1.withoutTimeTag == .M_EP_TD_1)
        for type in [TypeIdentification.M_PS_NA_1, .M_ME_ND_1, .M_EI_NA_1, .C_IC_NA_1, .P_ME_NA_1, .F_SG_NA_1] {
            #expect(type.withCP56Time2a == nil)
            #expect(type.withoutTimeTag == type)
            #expect(!type.hasTimeTag)
        }
    }

    @Test("every defined type is found by its name in upper and lower case")
    func mnemonics() throws {
        for number in UInt8.min...UInt8.max {
            let type = TypeIdentification(rawValue: number)
            guard let mnemonic = type.mnemonic else { continue }
            #expect(TypeIdentification(mnemonic: mnemonic) == type)
            #expect(TypeIdentification(mnemonic: mnemonic.lowercased()) == type)
            #expect(type.description == "\(mnemonic) (\(number))")
        }
        #expect(TypeIdentification(mnemonic: "M_XX_NA_1") == nil)
        #expect(TypeIdentification(rawValue: 200).description == "type 200")
        #expect(TypeIdentification(mnemonic: "M_ME_TF_1")?.rawValue == 36)
    }

    @Test("every element tells the type it came from", arguments: GoldenASDU.all)
    func elements(example: GoldenASDU) {
        for object in example.asdu?.objects ?? [] { #expect(object.element.typeIdentification == example.type) }
    }

    @Test("quality bits by abbreviation, OV first")
    func qualities() {
        let bits: [(String, UInt8)] = [
            ("OV", 0x01), ("EI", 0x08), ("BL", 0x10), ("SB", 0x20), ("NT", 0x40), ("IV", 0x80),
        ]
        for (name, bit) in bits {
            #expect(QualityDescriptor(abbreviation: name)?.rawValue == bit)
            #expect(QualityDescriptor(abbreviation: name.lowercased())?.rawValue == bit)
            #expect(QualityDescriptor(rawValue: bit).abbreviations == [name])
        }
        #expect(QualityDescriptor(rawValue: 0xFF).abbreviations == bits.map(\.0))
        #expect(QualityDescriptor.good.abbreviations == [])
        #expect(QualityDescriptor(abbreviation: "XX") == nil)
        #expect(QualityDescriptor(abbreviation: "") == nil)
    }

    @Test("causes have the names and numbers of the standard")
    func causes() {
        let names: [UInt8: String] = [
            1: "periodic", 2: "background", 3: "spontaneous", 4: "initialized", 5: "request", 6: "activation",
            7: "activation-confirmation", 8: "deactivation", 9: "deactivation-confirmation",
            10: "activation-termination", 11: "return-information-remote", 12: "return-information-local",
            13: "file-transfer", 20: "interrogated-by-station", 21: "interrogated-by-group-1",
            36: "interrogated-by-group-16", 37: "requested-by-general-counter", 38: "requested-by-counter-group-1",
            41: "requested-by-counter-group-4", 44: "unknown-type", 45: "unknown-cause",
            46: "unknown-common-address", 47: "unknown-information-object-address",
        ]
        for (number, name) in names {
            #expect(CauseOfTransmission(rawValue: number).name == name)
            #expect(CauseOfTransmission(name: name.uppercased())?.rawValue == number)
        }
        for number: UInt8 in [0, 14, 19, 42, 43, 48, 63] {
            #expect(CauseOfTransmission(rawValue: number).name == nil)
            #expect(CauseOfTransmission(rawValue: number).description == "cause \(number)")
        }
        #expect(CauseOfTransmission(name: "spontaneously") == nil)
        #expect(CauseOfTransmission(rawValue: 0xC3) == .spontaneous, "P/N and test are no part of the cause")
    }

    @Test("GI-06 GI-07 CI-02 causes of groups follow the group's number and stay in their range")
    func groups() {
        for group in 1...16 { #expect(CauseOfTransmission.interrogatedByGroup(group).rawValue == UInt8(20 + group)) }
        for group in 1...4 { #expect(CauseOfTransmission.requestedByCounterGroup(group).rawValue == UInt8(37 + group)) }
        #expect(CauseOfTransmission.interrogatedByGroup(0).rawValue == 21)
        #expect(CauseOfTransmission.interrogatedByGroup(.max).rawValue == 36)
        #expect(CauseOfTransmission.requestedByCounterGroup(.min).rawValue == 38)
        #expect(CauseOfTransmission.requestedByCounterGroup(5).rawValue == 41)
    }

    @Test("DUI-37 object addresses have 24 bits")
    func addresses() {
        #expect(InformationObjectAddress(rawValue: 16_777_215)?.advanced(by: 1) == nil)
        #expect(InformationObjectAddress(rawValue: 16_777_216) == nil)
        #expect(InformationObjectAddress(rawValue: 65535)?.advanced(by: 1)?.rawValue == 65536)
        #expect(InformationObjectAddress.irrelevant.advanced(by: -1) == nil)
        #expect(PointAddress(commonAddress: 1, informationObjectAddress: 1001).description == "1:1001")
        #expect(
            PointAddress(commonAddress: 1, informationObjectAddress: 16_777_215)
                < PointAddress(commonAddress: 2, informationObjectAddress: 0))
    }
}
