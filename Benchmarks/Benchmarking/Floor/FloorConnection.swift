/// A controlled station's end of a connection that replays a script, within the window of k = 12 frames.
final class FloorConnection {
    private static let k = 12

    let socket: Socket
    private let reader = APDUReader(size: 4096)
    /// What leaves in one write: the whole window at most.
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: k * 255, alignment: 8)
    private var sendNumber: UInt16 = 0
    private var acknowledged: UInt16 = 0
    private var receiveNumber: UInt16 = 0

    private var script = FloorScript()
    private var position = 0
    /// How much of the script may be sent by now.
    private var released = 0

    init(_ socket: Socket) {
        self.socket = socket
    }

    deinit {
        output.deallocate()
    }

    /// Replays a script from its beginning, as far as it is released.
    func begin(_ script: FloorScript, released: Int) throws {
        self.script = script
        position = 0
        try release(released)
    }

    func release(_ count: Int) throws {
        released = min(count, script.count)
        try pump()
    }

    /// Takes what has come, and sends what the window lets out by then.
    ///
    /// - Parameter answer: what an interrogation is answered with.
    /// - Returns: false when the other end has closed.
    func takeAvailable(answer: FloorScript) throws -> Bool {
        guard (try? reader.read(from: socket, { try take($0, answer) })) == true else { return false }
        try pump()
        return true
    }

    private func take(_ apdu: UnsafeRawBufferPointer, _ answer: FloorScript) throws {
        let receive = UInt16(apdu[4]) >> 1 | UInt16(apdu[5]) << 7
        switch apdu[2] & 3 {
        case 0, 2:
            acknowledged = receive
            receiveNumber = (receiveNumber + 1) & 0x7FFF
            if apdu.count > 6, apdu[6] == 100 { try begin(answer, released: answer.count) }
        case 1: acknowledged = receive
        default: if apdu[2] == 0x07 { try socket.send(WireAPDU.startCon) }
        }
    }

    private func pump() throws {
        var length = 0
        script.octets.withUnsafeBytes { octets in
            while position < released, (sendNumber &- acknowledged) & 0x7FFF < Self.k {
                let apdu = script.starts[position]..<script.starts[position + 1]
                UnsafeMutableRawBufferPointer(rebasing: output[length...])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: octets[apdu]))
                output.storeBytes(of: (sendNumber << 1).littleEndian, toByteOffset: length + 2, as: UInt16.self)
                output.storeBytes(of: (receiveNumber << 1).littleEndian, toByteOffset: length + 4, as: UInt16.self)
                length += apdu.count
                sendNumber = (sendNumber + 1) & 0x7FFF
                position += 1
            }
        }
        guard length > 0 else { return }
        try socket.send(UnsafeRawBufferPointer(rebasing: output[..<length]))
    }
}
