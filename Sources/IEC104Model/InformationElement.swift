import NIOCore

/// What an information object carries besides its address: one case for each type identification.
package enum InformationElement: Hashable, Sendable {
    case M_SP_NA_1(M_SP_NA_1)
    case M_SP_TA_1(M_SP_TA_1)
    case M_DP_NA_1(M_DP_NA_1)
    case M_DP_TA_1(M_DP_TA_1)
    case M_ST_NA_1(M_ST_NA_1)
    case M_ST_TA_1(M_ST_TA_1)
    case M_BO_NA_1(M_BO_NA_1)
    case M_BO_TA_1(M_BO_TA_1)
    case M_ME_NA_1(M_ME_NA_1)
    case M_ME_TA_1(M_ME_TA_1)
    case M_ME_NB_1(M_ME_NB_1)
    case M_ME_TB_1(M_ME_TB_1)
    case M_ME_NC_1(M_ME_NC_1)
    case M_ME_TC_1(M_ME_TC_1)
    case M_IT_NA_1(M_IT_NA_1)
    case M_IT_TA_1(M_IT_TA_1)
    case M_EP_TA_1(M_EP_TA_1)
    case M_EP_TB_1(M_EP_TB_1)
    case M_EP_TC_1(M_EP_TC_1)
    case M_PS_NA_1(M_PS_NA_1)
    case M_ME_ND_1(M_ME_ND_1)
    case M_SP_TB_1(M_SP_TB_1)
    case M_DP_TB_1(M_DP_TB_1)
    case M_ST_TB_1(M_ST_TB_1)
    case M_BO_TB_1(M_BO_TB_1)
    case M_ME_TD_1(M_ME_TD_1)
    case M_ME_TE_1(M_ME_TE_1)
    case M_ME_TF_1(M_ME_TF_1)
    case M_IT_TB_1(M_IT_TB_1)
    case M_EP_TD_1(M_EP_TD_1)
    case M_EP_TE_1(M_EP_TE_1)
    case M_EP_TF_1(M_EP_TF_1)
    case C_SC_NA_1(C_SC_NA_1)
    case C_DC_NA_1(C_DC_NA_1)
    case C_RC_NA_1(C_RC_NA_1)
    case C_SE_NA_1(C_SE_NA_1)
    case C_SE_NB_1(C_SE_NB_1)
    case C_SE_NC_1(C_SE_NC_1)
    case C_BO_NA_1(C_BO_NA_1)
    case C_SC_TA_1(C_SC_TA_1)
    case C_DC_TA_1(C_DC_TA_1)
    case C_RC_TA_1(C_RC_TA_1)
    case C_SE_TA_1(C_SE_TA_1)
    case C_SE_TB_1(C_SE_TB_1)
    case C_SE_TC_1(C_SE_TC_1)
    case C_BO_TA_1(C_BO_TA_1)
    case M_EI_NA_1(M_EI_NA_1)
    case C_IC_NA_1(C_IC_NA_1)
    case C_CI_NA_1(C_CI_NA_1)
    case C_RD_NA_1(C_RD_NA_1)
    case C_CS_NA_1(C_CS_NA_1)
    case C_TS_NA_1(C_TS_NA_1)
    case C_RP_NA_1(C_RP_NA_1)
    case C_CD_NA_1(C_CD_NA_1)
    case C_TS_TA_1(C_TS_TA_1)
    case P_ME_NA_1(P_ME_NA_1)
    case P_ME_NB_1(P_ME_NB_1)
    case P_ME_NC_1(P_ME_NC_1)
    case P_AC_NA_1(P_AC_NA_1)
    case F_FR_NA_1(F_FR_NA_1)
    case F_SR_NA_1(F_SR_NA_1)
    case F_SC_NA_1(F_SC_NA_1)
    case F_LS_NA_1(F_LS_NA_1)
    case F_AF_NA_1(F_AF_NA_1)
    case F_SG_NA_1(F_SG_NA_1)
    case F_DR_TA_1(F_DR_TA_1)
}

extension InformationElement {
    /// Octets of an element and whether SQ = 1 is allowed; nil for undefined types.
    static func layout(of type: TypeIdentification) -> (size: Int, allowsSequence: Bool)? {
        switch type {
        case .C_RD_NA_1: (0, false)
        case .C_SC_NA_1, .C_DC_NA_1, .C_RC_NA_1, .M_EI_NA_1, .C_IC_NA_1, .C_CI_NA_1, .C_RP_NA_1, .P_AC_NA_1: (1, false)
        case .M_SP_NA_1, .M_DP_NA_1: (1, true)
        case .C_TS_NA_1, .C_CD_NA_1: (2, false)
        case .M_ST_NA_1, .M_ME_ND_1: (2, true)
        case .C_SE_NA_1, .C_SE_NB_1, .P_ME_NA_1, .P_ME_NB_1: (3, false)
        case .M_ME_NA_1, .M_ME_NB_1: (3, true)
        case .M_SP_TA_1, .M_DP_TA_1, .C_BO_NA_1, .F_SC_NA_1, .F_AF_NA_1: (4, false)
        case .M_ST_TA_1, .C_SE_NC_1, .P_ME_NC_1, .F_LS_NA_1: (5, false)
        case .M_BO_NA_1, .M_ME_NC_1, .M_IT_NA_1, .M_PS_NA_1: (5, true)
        case .M_ME_TA_1, .M_ME_TB_1, .M_EP_TA_1, .F_FR_NA_1: (6, false)
        case .M_EP_TB_1, .M_EP_TC_1, .C_CS_NA_1, .F_SR_NA_1: (7, false)
        case .M_BO_TA_1, .M_ME_TC_1, .M_IT_TA_1, .M_SP_TB_1, .M_DP_TB_1, .C_SC_TA_1, .C_DC_TA_1, .C_RC_TA_1: (8, false)
        case .M_ST_TB_1, .C_TS_TA_1: (9, false)
        case .M_ME_TD_1, .M_ME_TE_1, .M_EP_TD_1, .C_SE_TA_1, .C_SE_TB_1: (10, false)
        case .M_EP_TE_1, .M_EP_TF_1, .C_BO_TA_1: (11, false)
        case .M_BO_TB_1, .M_ME_TF_1, .M_IT_TB_1, .C_SE_TC_1: (12, false)
        case .F_DR_TA_1: (13, true)
        case .F_SG_NA_1: (4, false)
        default: nil
        }
    }

    /// Reads the element of a type; nil if the type is undefined.
    init?(decoding type: TypeIdentification, from buffer: inout ByteBuffer) throws(MalformedASDU) {
        switch type {
        case .M_SP_NA_1: self = .M_SP_NA_1(try .init(decoding: &buffer))
        case .M_SP_TA_1: self = .M_SP_TA_1(try .init(decoding: &buffer))
        case .M_DP_NA_1: self = .M_DP_NA_1(try .init(decoding: &buffer))
        case .M_DP_TA_1: self = .M_DP_TA_1(try .init(decoding: &buffer))
        case .M_ST_NA_1: self = .M_ST_NA_1(try .init(decoding: &buffer))
        case .M_ST_TA_1: self = .M_ST_TA_1(try .init(decoding: &buffer))
        case .M_BO_NA_1: self = .M_BO_NA_1(try .init(decoding: &buffer))
        case .M_BO_TA_1: self = .M_BO_TA_1(try .init(decoding: &buffer))
        case .M_ME_NA_1: self = .M_ME_NA_1(try .init(decoding: &buffer))
        case .M_ME_TA_1: self = .M_ME_TA_1(try .init(decoding: &buffer))
        case .M_ME_NB_1: self = .M_ME_NB_1(try .init(decoding: &buffer))
        case .M_ME_TB_1: self = .M_ME_TB_1(try .init(decoding: &buffer))
        case .M_ME_NC_1: self = .M_ME_NC_1(try .init(decoding: &buffer))
        case .M_ME_TC_1: self = .M_ME_TC_1(try .init(decoding: &buffer))
        case .M_IT_NA_1: self = .M_IT_NA_1(try .init(decoding: &buffer))
        case .M_IT_TA_1: self = .M_IT_TA_1(try .init(decoding: &buffer))
        case .M_EP_TA_1: self = .M_EP_TA_1(try .init(decoding: &buffer))
        case .M_EP_TB_1: self = .M_EP_TB_1(try .init(decoding: &buffer))
        case .M_EP_TC_1: self = .M_EP_TC_1(try .init(decoding: &buffer))
        case .M_PS_NA_1: self = .M_PS_NA_1(try .init(decoding: &buffer))
        case .M_ME_ND_1: self = .M_ME_ND_1(try .init(decoding: &buffer))
        case .M_SP_TB_1: self = .M_SP_TB_1(try .init(decoding: &buffer))
        case .M_DP_TB_1: self = .M_DP_TB_1(try .init(decoding: &buffer))
        case .M_ST_TB_1: self = .M_ST_TB_1(try .init(decoding: &buffer))
        case .M_BO_TB_1: self = .M_BO_TB_1(try .init(decoding: &buffer))
        case .M_ME_TD_1: self = .M_ME_TD_1(try .init(decoding: &buffer))
        case .M_ME_TE_1: self = .M_ME_TE_1(try .init(decoding: &buffer))
        case .M_ME_TF_1: self = .M_ME_TF_1(try .init(decoding: &buffer))
        case .M_IT_TB_1: self = .M_IT_TB_1(try .init(decoding: &buffer))
        case .M_EP_TD_1: self = .M_EP_TD_1(try .init(decoding: &buffer))
        case .M_EP_TE_1: self = .M_EP_TE_1(try .init(decoding: &buffer))
        case .M_EP_TF_1: self = .M_EP_TF_1(try .init(decoding: &buffer))
        case .C_SC_NA_1: self = .C_SC_NA_1(try .init(decoding: &buffer))
        case .C_DC_NA_1: self = .C_DC_NA_1(try .init(decoding: &buffer))
        case .C_RC_NA_1: self = .C_RC_NA_1(try .init(decoding: &buffer))
        case .C_SE_NA_1: self = .C_SE_NA_1(try .init(decoding: &buffer))
        case .C_SE_NB_1: self = .C_SE_NB_1(try .init(decoding: &buffer))
        case .C_SE_NC_1: self = .C_SE_NC_1(try .init(decoding: &buffer))
        case .C_BO_NA_1: self = .C_BO_NA_1(try .init(decoding: &buffer))
        case .C_SC_TA_1: self = .C_SC_TA_1(try .init(decoding: &buffer))
        case .C_DC_TA_1: self = .C_DC_TA_1(try .init(decoding: &buffer))
        case .C_RC_TA_1: self = .C_RC_TA_1(try .init(decoding: &buffer))
        case .C_SE_TA_1: self = .C_SE_TA_1(try .init(decoding: &buffer))
        case .C_SE_TB_1: self = .C_SE_TB_1(try .init(decoding: &buffer))
        case .C_SE_TC_1: self = .C_SE_TC_1(try .init(decoding: &buffer))
        case .C_BO_TA_1: self = .C_BO_TA_1(try .init(decoding: &buffer))
        case .M_EI_NA_1: self = .M_EI_NA_1(try .init(decoding: &buffer))
        case .C_IC_NA_1: self = .C_IC_NA_1(try .init(decoding: &buffer))
        case .C_CI_NA_1: self = .C_CI_NA_1(try .init(decoding: &buffer))
        case .C_RD_NA_1: self = .C_RD_NA_1(try .init(decoding: &buffer))
        case .C_CS_NA_1: self = .C_CS_NA_1(try .init(decoding: &buffer))
        case .C_TS_NA_1: self = .C_TS_NA_1(try .init(decoding: &buffer))
        case .C_RP_NA_1: self = .C_RP_NA_1(try .init(decoding: &buffer))
        case .C_CD_NA_1: self = .C_CD_NA_1(try .init(decoding: &buffer))
        case .C_TS_TA_1: self = .C_TS_TA_1(try .init(decoding: &buffer))
        case .P_ME_NA_1: self = .P_ME_NA_1(try .init(decoding: &buffer))
        case .P_ME_NB_1: self = .P_ME_NB_1(try .init(decoding: &buffer))
        case .P_ME_NC_1: self = .P_ME_NC_1(try .init(decoding: &buffer))
        case .P_AC_NA_1: self = .P_AC_NA_1(try .init(decoding: &buffer))
        case .F_FR_NA_1: self = .F_FR_NA_1(try .init(decoding: &buffer))
        case .F_SR_NA_1: self = .F_SR_NA_1(try .init(decoding: &buffer))
        case .F_SC_NA_1: self = .F_SC_NA_1(try .init(decoding: &buffer))
        case .F_LS_NA_1: self = .F_LS_NA_1(try .init(decoding: &buffer))
        case .F_AF_NA_1: self = .F_AF_NA_1(try .init(decoding: &buffer))
        case .F_SG_NA_1: self = .F_SG_NA_1(try .init(decoding: &buffer))
        case .F_DR_TA_1: self = .F_DR_TA_1(try .init(decoding: &buffer))
        default: return nil
        }
    }

    /// Appends the octets of the element.
    package func encode(into buffer: inout ByteBuffer) {
        switch self {
        case .M_SP_NA_1(let element): element.encode(into: &buffer)
        case .M_SP_TA_1(let element): element.encode(into: &buffer)
        case .M_DP_NA_1(let element): element.encode(into: &buffer)
        case .M_DP_TA_1(let element): element.encode(into: &buffer)
        case .M_ST_NA_1(let element): element.encode(into: &buffer)
        case .M_ST_TA_1(let element): element.encode(into: &buffer)
        case .M_BO_NA_1(let element): element.encode(into: &buffer)
        case .M_BO_TA_1(let element): element.encode(into: &buffer)
        case .M_ME_NA_1(let element): element.encode(into: &buffer)
        case .M_ME_TA_1(let element): element.encode(into: &buffer)
        case .M_ME_NB_1(let element): element.encode(into: &buffer)
        case .M_ME_TB_1(let element): element.encode(into: &buffer)
        case .M_ME_NC_1(let element): element.encode(into: &buffer)
        case .M_ME_TC_1(let element): element.encode(into: &buffer)
        case .M_IT_NA_1(let element): element.encode(into: &buffer)
        case .M_IT_TA_1(let element): element.encode(into: &buffer)
        case .M_EP_TA_1(let element): element.encode(into: &buffer)
        case .M_EP_TB_1(let element): element.encode(into: &buffer)
        case .M_EP_TC_1(let element): element.encode(into: &buffer)
        case .M_PS_NA_1(let element): element.encode(into: &buffer)
        case .M_ME_ND_1(let element): element.encode(into: &buffer)
        case .M_SP_TB_1(let element): element.encode(into: &buffer)
        case .M_DP_TB_1(let element): element.encode(into: &buffer)
        case .M_ST_TB_1(let element): element.encode(into: &buffer)
        case .M_BO_TB_1(let element): element.encode(into: &buffer)
        case .M_ME_TD_1(let element): element.encode(into: &buffer)
        case .M_ME_TE_1(let element): element.encode(into: &buffer)
        case .M_ME_TF_1(let element): element.encode(into: &buffer)
        case .M_IT_TB_1(let element): element.encode(into: &buffer)
        case .M_EP_TD_1(let element): element.encode(into: &buffer)
        case .M_EP_TE_1(let element): element.encode(into: &buffer)
        case .M_EP_TF_1(let element): element.encode(into: &buffer)
        case .C_SC_NA_1(let element): element.encode(into: &buffer)
        case .C_DC_NA_1(let element): element.encode(into: &buffer)
        case .C_RC_NA_1(let element): element.encode(into: &buffer)
        case .C_SE_NA_1(let element): element.encode(into: &buffer)
        case .C_SE_NB_1(let element): element.encode(into: &buffer)
        case .C_SE_NC_1(let element): element.encode(into: &buffer)
        case .C_BO_NA_1(let element): element.encode(into: &buffer)
        case .C_SC_TA_1(let element): element.encode(into: &buffer)
        case .C_DC_TA_1(let element): element.encode(into: &buffer)
        case .C_RC_TA_1(let element): element.encode(into: &buffer)
        case .C_SE_TA_1(let element): element.encode(into: &buffer)
        case .C_SE_TB_1(let element): element.encode(into: &buffer)
        case .C_SE_TC_1(let element): element.encode(into: &buffer)
        case .C_BO_TA_1(let element): element.encode(into: &buffer)
        case .M_EI_NA_1(let element): element.encode(into: &buffer)
        case .C_IC_NA_1(let element): element.encode(into: &buffer)
        case .C_CI_NA_1(let element): element.encode(into: &buffer)
        case .C_RD_NA_1(let element): element.encode(into: &buffer)
        case .C_CS_NA_1(let element): element.encode(into: &buffer)
        case .C_TS_NA_1(let element): element.encode(into: &buffer)
        case .C_RP_NA_1(let element): element.encode(into: &buffer)
        case .C_CD_NA_1(let element): element.encode(into: &buffer)
        case .C_TS_TA_1(let element): element.encode(into: &buffer)
        case .P_ME_NA_1(let element): element.encode(into: &buffer)
        case .P_ME_NB_1(let element): element.encode(into: &buffer)
        case .P_ME_NC_1(let element): element.encode(into: &buffer)
        case .P_AC_NA_1(let element): element.encode(into: &buffer)
        case .F_FR_NA_1(let element): element.encode(into: &buffer)
        case .F_SR_NA_1(let element): element.encode(into: &buffer)
        case .F_SC_NA_1(let element): element.encode(into: &buffer)
        case .F_LS_NA_1(let element): element.encode(into: &buffer)
        case .F_AF_NA_1(let element): element.encode(into: &buffer)
        case .F_SG_NA_1(let element): element.encode(into: &buffer)
        case .F_DR_TA_1(let element): element.encode(into: &buffer)
        }
    }

    /// The type identification of the ASDU that carries the element.
    package var typeIdentification: TypeIdentification {
        switch self {
        case .M_SP_NA_1: .M_SP_NA_1
        case .M_SP_TA_1: .M_SP_TA_1
        case .M_DP_NA_1: .M_DP_NA_1
        case .M_DP_TA_1: .M_DP_TA_1
        case .M_ST_NA_1: .M_ST_NA_1
        case .M_ST_TA_1: .M_ST_TA_1
        case .M_BO_NA_1: .M_BO_NA_1
        case .M_BO_TA_1: .M_BO_TA_1
        case .M_ME_NA_1: .M_ME_NA_1
        case .M_ME_TA_1: .M_ME_TA_1
        case .M_ME_NB_1: .M_ME_NB_1
        case .M_ME_TB_1: .M_ME_TB_1
        case .M_ME_NC_1: .M_ME_NC_1
        case .M_ME_TC_1: .M_ME_TC_1
        case .M_IT_NA_1: .M_IT_NA_1
        case .M_IT_TA_1: .M_IT_TA_1
        case .M_EP_TA_1: .M_EP_TA_1
        case .M_EP_TB_1: .M_EP_TB_1
        case .M_EP_TC_1: .M_EP_TC_1
        case .M_PS_NA_1: .M_PS_NA_1
        case .M_ME_ND_1: .M_ME_ND_1
        case .M_SP_TB_1: .M_SP_TB_1
        case .M_DP_TB_1: .M_DP_TB_1
        case .M_ST_TB_1: .M_ST_TB_1
        case .M_BO_TB_1: .M_BO_TB_1
        case .M_ME_TD_1: .M_ME_TD_1
        case .M_ME_TE_1: .M_ME_TE_1
        case .M_ME_TF_1: .M_ME_TF_1
        case .M_IT_TB_1: .M_IT_TB_1
        case .M_EP_TD_1: .M_EP_TD_1
        case .M_EP_TE_1: .M_EP_TE_1
        case .M_EP_TF_1: .M_EP_TF_1
        case .C_SC_NA_1: .C_SC_NA_1
        case .C_DC_NA_1: .C_DC_NA_1
        case .C_RC_NA_1: .C_RC_NA_1
        case .C_SE_NA_1: .C_SE_NA_1
        case .C_SE_NB_1: .C_SE_NB_1
        case .C_SE_NC_1: .C_SE_NC_1
        case .C_BO_NA_1: .C_BO_NA_1
        case .C_SC_TA_1: .C_SC_TA_1
        case .C_DC_TA_1: .C_DC_TA_1
        case .C_RC_TA_1: .C_RC_TA_1
        case .C_SE_TA_1: .C_SE_TA_1
        case .C_SE_TB_1: .C_SE_TB_1
        case .C_SE_TC_1: .C_SE_TC_1
        case .C_BO_TA_1: .C_BO_TA_1
        case .M_EI_NA_1: .M_EI_NA_1
        case .C_IC_NA_1: .C_IC_NA_1
        case .C_CI_NA_1: .C_CI_NA_1
        case .C_RD_NA_1: .C_RD_NA_1
        case .C_CS_NA_1: .C_CS_NA_1
        case .C_TS_NA_1: .C_TS_NA_1
        case .C_RP_NA_1: .C_RP_NA_1
        case .C_CD_NA_1: .C_CD_NA_1
        case .C_TS_TA_1: .C_TS_TA_1
        case .P_ME_NA_1: .P_ME_NA_1
        case .P_ME_NB_1: .P_ME_NB_1
        case .P_ME_NC_1: .P_ME_NC_1
        case .P_AC_NA_1: .P_AC_NA_1
        case .F_FR_NA_1: .F_FR_NA_1
        case .F_SR_NA_1: .F_SR_NA_1
        case .F_SC_NA_1: .F_SC_NA_1
        case .F_LS_NA_1: .F_LS_NA_1
        case .F_AF_NA_1: .F_AF_NA_1
        case .F_SG_NA_1: .F_SG_NA_1
        case .F_DR_TA_1: .F_DR_TA_1
        }
    }
}
