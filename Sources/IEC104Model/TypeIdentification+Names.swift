extension TypeIdentification {
    package static let M_SP_NA_1 = TypeIdentification(rawValue: 1)
    package static let M_SP_TA_1 = TypeIdentification(rawValue: 2)
    package static let M_DP_NA_1 = TypeIdentification(rawValue: 3)
    package static let M_DP_TA_1 = TypeIdentification(rawValue: 4)
    package static let M_ST_NA_1 = TypeIdentification(rawValue: 5)
    package static let M_ST_TA_1 = TypeIdentification(rawValue: 6)
    package static let M_BO_NA_1 = TypeIdentification(rawValue: 7)
    package static let M_BO_TA_1 = TypeIdentification(rawValue: 8)
    package static let M_ME_NA_1 = TypeIdentification(rawValue: 9)
    package static let M_ME_TA_1 = TypeIdentification(rawValue: 10)
    package static let M_ME_NB_1 = TypeIdentification(rawValue: 11)
    package static let M_ME_TB_1 = TypeIdentification(rawValue: 12)
    package static let M_ME_NC_1 = TypeIdentification(rawValue: 13)
    package static let M_ME_TC_1 = TypeIdentification(rawValue: 14)
    package static let M_IT_NA_1 = TypeIdentification(rawValue: 15)
    package static let M_IT_TA_1 = TypeIdentification(rawValue: 16)
    package static let M_EP_TA_1 = TypeIdentification(rawValue: 17)
    package static let M_EP_TB_1 = TypeIdentification(rawValue: 18)
    package static let M_EP_TC_1 = TypeIdentification(rawValue: 19)
    package static let M_PS_NA_1 = TypeIdentification(rawValue: 20)
    package static let M_ME_ND_1 = TypeIdentification(rawValue: 21)
    package static let M_SP_TB_1 = TypeIdentification(rawValue: 30)
    package static let M_DP_TB_1 = TypeIdentification(rawValue: 31)
    package static let M_ST_TB_1 = TypeIdentification(rawValue: 32)
    package static let M_BO_TB_1 = TypeIdentification(rawValue: 33)
    package static let M_ME_TD_1 = TypeIdentification(rawValue: 34)
    package static let M_ME_TE_1 = TypeIdentification(rawValue: 35)
    package static let M_ME_TF_1 = TypeIdentification(rawValue: 36)
    package static let M_IT_TB_1 = TypeIdentification(rawValue: 37)
    package static let M_EP_TD_1 = TypeIdentification(rawValue: 38)
    package static let M_EP_TE_1 = TypeIdentification(rawValue: 39)
    package static let M_EP_TF_1 = TypeIdentification(rawValue: 40)
    package static let C_SC_NA_1 = TypeIdentification(rawValue: 45)
    package static let C_DC_NA_1 = TypeIdentification(rawValue: 46)
    package static let C_RC_NA_1 = TypeIdentification(rawValue: 47)
    package static let C_SE_NA_1 = TypeIdentification(rawValue: 48)
    package static let C_SE_NB_1 = TypeIdentification(rawValue: 49)
    package static let C_SE_NC_1 = TypeIdentification(rawValue: 50)
    package static let C_BO_NA_1 = TypeIdentification(rawValue: 51)
    package static let C_SC_TA_1 = TypeIdentification(rawValue: 58)
    package static let C_DC_TA_1 = TypeIdentification(rawValue: 59)
    package static let C_RC_TA_1 = TypeIdentification(rawValue: 60)
    package static let C_SE_TA_1 = TypeIdentification(rawValue: 61)
    package static let C_SE_TB_1 = TypeIdentification(rawValue: 62)
    package static let C_SE_TC_1 = TypeIdentification(rawValue: 63)
    package static let C_BO_TA_1 = TypeIdentification(rawValue: 64)
    package static let M_EI_NA_1 = TypeIdentification(rawValue: 70)
    package static let C_IC_NA_1 = TypeIdentification(rawValue: 100)
    package static let C_CI_NA_1 = TypeIdentification(rawValue: 101)
    package static let C_RD_NA_1 = TypeIdentification(rawValue: 102)
    package static let C_CS_NA_1 = TypeIdentification(rawValue: 103)
    package static let C_TS_NA_1 = TypeIdentification(rawValue: 104)
    package static let C_RP_NA_1 = TypeIdentification(rawValue: 105)
    package static let C_CD_NA_1 = TypeIdentification(rawValue: 106)
    package static let C_TS_TA_1 = TypeIdentification(rawValue: 107)
    package static let P_ME_NA_1 = TypeIdentification(rawValue: 110)
    package static let P_ME_NB_1 = TypeIdentification(rawValue: 111)
    package static let P_ME_NC_1 = TypeIdentification(rawValue: 112)
    package static let P_AC_NA_1 = TypeIdentification(rawValue: 113)
    package static let F_FR_NA_1 = TypeIdentification(rawValue: 120)
    package static let F_SR_NA_1 = TypeIdentification(rawValue: 121)
    package static let F_SC_NA_1 = TypeIdentification(rawValue: 122)
    package static let F_LS_NA_1 = TypeIdentification(rawValue: 123)
    package static let F_AF_NA_1 = TypeIdentification(rawValue: 124)
    package static let F_SG_NA_1 = TypeIdentification(rawValue: 125)
    package static let F_DR_TA_1 = TypeIdentification(rawValue: 126)

    /// The standard's names by number. F_SC_NB_1 (127, query log) is not among them: its layout is open.
    static let mnemonics: [UInt8: String] = [
        1: "M_SP_NA_1", 2: "M_SP_TA_1", 3: "M_DP_NA_1", 4: "M_DP_TA_1", 5: "M_ST_NA_1",
        6: "M_ST_TA_1", 7: "M_BO_NA_1", 8: "M_BO_TA_1", 9: "M_ME_NA_1", 10: "M_ME_TA_1",
        11: "M_ME_NB_1", 12: "M_ME_TB_1", 13: "M_ME_NC_1", 14: "M_ME_TC_1", 15: "M_IT_NA_1",
        16: "M_IT_TA_1", 17: "M_EP_TA_1", 18: "M_EP_TB_1", 19: "M_EP_TC_1", 20: "M_PS_NA_1",
        21: "M_ME_ND_1", 30: "M_SP_TB_1", 31: "M_DP_TB_1", 32: "M_ST_TB_1", 33: "M_BO_TB_1",
        34: "M_ME_TD_1", 35: "M_ME_TE_1", 36: "M_ME_TF_1", 37: "M_IT_TB_1", 38: "M_EP_TD_1",
        39: "M_EP_TE_1", 40: "M_EP_TF_1", 45: "C_SC_NA_1", 46: "C_DC_NA_1", 47: "C_RC_NA_1",
        48: "C_SE_NA_1", 49: "C_SE_NB_1", 50: "C_SE_NC_1", 51: "C_BO_NA_1", 58: "C_SC_TA_1",
        59: "C_DC_TA_1", 60: "C_RC_TA_1", 61: "C_SE_TA_1", 62: "C_SE_TB_1", 63: "C_SE_TC_1",
        64: "C_BO_TA_1", 70: "M_EI_NA_1", 100: "C_IC_NA_1", 101: "C_CI_NA_1", 102: "C_RD_NA_1",
        103: "C_CS_NA_1", 104: "C_TS_NA_1", 105: "C_RP_NA_1", 106: "C_CD_NA_1", 107: "C_TS_TA_1",
        110: "P_ME_NA_1", 111: "P_ME_NB_1", 112: "P_ME_NC_1", 113: "P_AC_NA_1", 120: "F_FR_NA_1",
        121: "F_SR_NA_1", 122: "F_SC_NA_1", 123: "F_LS_NA_1", 124: "F_AF_NA_1", 125: "F_SG_NA_1",
        126: "F_DR_TA_1",
    ]
}
