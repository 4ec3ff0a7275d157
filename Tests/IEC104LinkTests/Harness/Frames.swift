import IEC104Link

/// Frames as the catalogue of test cases writes them.
extension APCI {
    static func I(_ send: Int, _ receive: Int) -> APCI {
        .information(send: SequenceNumber(send), receive: SequenceNumber(receive))
    }

    static func S(_ receive: Int) -> APCI {
        .supervisory(receive: SequenceNumber(receive))
    }

    static let startAct = APCI.unnumbered(.startDataTransferActivation)
    static let startCon = APCI.unnumbered(.startDataTransferConfirmation)
    static let stopAct = APCI.unnumbered(.stopDataTransferActivation)
    static let stopCon = APCI.unnumbered(.stopDataTransferConfirmation)
    static let testAct = APCI.unnumbered(.testFrameActivation)
    static let testCon = APCI.unnumbered(.testFrameConfirmation)

    var isInformation: Bool {
        if case .information = self { true } else { false }
    }
}

extension LinkParameters {
    /// The times and counts that the catalogue gives for test runs.
    static let fast = LinkParameters(t0: 5, t1: 3, t2: 1, t3: 4, k: 4, w: 2)
}
