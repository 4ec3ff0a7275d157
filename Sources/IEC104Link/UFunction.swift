/// The functions of an unnumbered control frame (U format), as its first control octet (IEC 60870-5-104, 5.1).
package enum UFunction: UInt8, Hashable, Sendable, CaseIterable {
    /// STARTDT act: start data transfer.
    case startDataTransferActivation = 0x07
    /// STARTDT con.
    case startDataTransferConfirmation = 0x0B
    /// STOPDT act: stop data transfer.
    case stopDataTransferActivation = 0x13
    /// STOPDT con.
    case stopDataTransferConfirmation = 0x23
    /// TESTFR act: test frame.
    case testFrameActivation = 0x43
    /// TESTFR con.
    case testFrameConfirmation = 0x83

    /// As the standard writes it, `"STARTDT act"`.
    package var name: String {
        switch self {
        case .startDataTransferActivation: "STARTDT act"
        case .startDataTransferConfirmation: "STARTDT con"
        case .stopDataTransferActivation: "STOPDT act"
        case .stopDataTransferConfirmation: "STOPDT con"
        case .testFrameActivation: "TESTFR act"
        case .testFrameConfirmation: "TESTFR con"
        }
    }
}
