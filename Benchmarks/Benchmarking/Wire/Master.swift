import TestBench

/// A controlling station reduced to what a measurement needs: it cuts APDUs, checks N(S), acknowledges every w = 8 frames,
/// and counts and checks what has come. Much cheaper than any station, so that it isn't what is measured.
final class Master {
    private static let w = 8

    let socket: Socket
    private let reader = APDUReader(size: 65_536)
    private var sendNumber: UInt16 = 0
    private var receiveNumber: UInt16 = 0
    private var unacknowledged = 0

    /// The numbered events received.
    var check = EventCheck()
    /// True while objects of type M_ME_TF_1 are numbered events.
    var checksEvents = false
    /// Information objects received.
    private(set) var objects = 0
    private(set) var isStarted = false
    /// C_IC_NA_1 terminations received.
    private(set) var terminations = 0

    /// Connects.
    init(to host: String, port: Int) throws {
        socket = try Socket.connect(to: host, port: port)
    }

    func start() throws {
        try socket.send(WireAPDU.startAct)
    }

    func interrogate(_ commonAddress: UInt8) throws {
        try socket.send(
            WireAPDU.interrogation(send: sendNumber, receive: receiveNumber, commonAddress: commonAddress))
        sendNumber = (sendNumber + 1) & 0x7FFF
        unacknowledged = 0
    }

    /// Acknowledges what waits for it, due or not.
    func acknowledge() throws {
        guard unacknowledged > 0 else { return }
        unacknowledged = 0
        try socket.send(WireAPDU.acknowledgement(receiveNumber))
    }

    /// Takes what has come.
    ///
    /// - Parameter onEvent: sees each numbered event.
    /// - Returns: how many information objects there were.
    /// - Throws: `BenchError` if the station has closed or has sent what makes no sense.
    func takeAvailable(_ onEvent: (UInt32) -> Void) throws -> Int {
        let before = objects
        guard try reader.read(from: socket, { try take($0, onEvent) }) else {
            throw BenchError("the station has closed the connection")
        }
        return objects - before
    }

    private func take(_ apdu: UnsafeRawBufferPointer, _ onEvent: (UInt32) -> Void) throws {
        if apdu[2] & 1 == 0 {
            let number = UInt16(apdu[2]) >> 1 | UInt16(apdu[3]) << 7
            guard number == receiveNumber else { throw BenchError("N(S) \(number), expected \(receiveNumber)") }
            receiveNumber = (receiveNumber + 1) & 0x7FFF
            unacknowledged += 1
            guard apdu.count >= 15 else { throw BenchError("an ASDU of \(apdu.count - 6) octets") }
            try take(asdu: UnsafeRawBufferPointer(rebasing: apdu[6...]), onEvent)
            if unacknowledged == Self.w { try acknowledge() }
        } else if apdu[2] == 0x0B {
            isStarted = true
        } else if apdu[2] == 0x43 {
            try socket.send(WireAPDU.testCon)
        }
    }

    private func take(asdu: UnsafeRawBufferPointer, _ onEvent: (UInt32) -> Void) throws {
        switch asdu[0] {
        case 36 where checksEvents:
            let count = Int(asdu[1])
            guard asdu.count == 6 + 15 * count else { throw BenchError("M_ME_TF_1 with \(asdu.count) octets") }
            for index in 0..<count {
                let value = Float(
                    bitPattern: UInt32(
                        littleEndian: asdu.loadUnaligned(fromByteOffset: 9 + 15 * index, as: UInt32.self)))
                guard let number = UInt32(exactly: value) else { throw BenchError("\(value) is no event's number") }
                check.received(number)
                onEvent(number)
            }
            objects += count
        case 100:
            if asdu[2] & 0x40 != 0 { throw BenchError("the interrogation was refused, cause \(asdu[2] & 0x3F)") }
            if asdu[2] & 0x3F == 10 { terminations += 1 }
        case 70: break
        default: objects += Int(asdu[1] & 0x7F)
        }
    }
}
