/// The few APDUs that a controlling station sends, and where things stand in those that it receives.
enum WireAPDU {
    static let startAct: [UInt8] = [0x68, 4, 0x07, 0, 0, 0]
    static let startCon: [UInt8] = [0x68, 4, 0x0B, 0, 0, 0]
    static let testCon: [UInt8] = [0x68, 4, 0x83, 0, 0, 0]

    /// S format.
    static func acknowledgement(_ receive: UInt16) -> [UInt8] {
        let field = receive << 1
        return [0x68, 4, 0x01, 0, UInt8(truncatingIfNeeded: field), UInt8(truncatingIfNeeded: field >> 8)]
    }

    /// C_IC_NA_1 with cause 6 to a common address below 256, QOI 20.
    static func interrogation(send: UInt16, receive: UInt16, commonAddress: UInt8) -> [UInt8] {
        information([100, 1, 6, 0, commonAddress, 0, 0, 0, 0, 20], send: send, receive: receive)
    }

    /// I format.
    static func information(_ asdu: [UInt8], send: UInt16, receive: UInt16) -> [UInt8] {
        let (send, receive) = (send << 1, receive << 1)
        return [
            0x68, UInt8(asdu.count + 4), UInt8(truncatingIfNeeded: send), UInt8(truncatingIfNeeded: send >> 8),
            UInt8(truncatingIfNeeded: receive), UInt8(truncatingIfNeeded: receive >> 8),
        ] + asdu
    }
}
