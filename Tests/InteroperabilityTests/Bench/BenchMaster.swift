import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import ConnectorCore

/// A controlling station that sends and sees octets. Whatever it is used for, it checks what holds for every frame of a
/// controlled station: sizes, widths, sequence numbers, no STARTDT act and no STOPDT act.
final class BenchMaster {
    let channel: EmbeddedChannel
    let handler: LinkHandler<StationLinkUser>
    /// V(S): I frames sent.
    private(set) var sentCount = 0
    /// V(R): I frames received.
    private(set) var receivedCount = 0
    private var acknowledged = 0
    private var newestAcknowledgement = 0

    init(channel: EmbeddedChannel, handler: LinkHandler<StationLinkUser>) {
        self.channel = channel
        self.handler = handler
    }

    /// Why the station has closed the connection; nil while it has not.
    var closeReason: LinkCloseReason? { handler.closeReason }

    /// The connection breaks.
    func disconnect() {
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
    }

    // MARK: Frames

    /// These octets come to the station in one segment.
    ///
    /// - Returns: the APDUs that it sends.
    @discardableResult
    func send(_ hex: String...) throws -> [String] {
        let stream = octets(hex.joined(separator: " "))
        sentCount += APDUs.split(stream).count { octets($0).count > 6 && octets($0)[2] & 1 == 0 }
        try channel.writeInbound(ByteBuffer(bytes: stream))
        return try receive()
    }

    /// The APDUs that the station has sent and nobody has looked at.
    func receive() throws -> [String] {
        var stream: [UInt8] = []
        while let write = try channel.readOutbound(as: ByteBuffer.self) { stream += write.readableBytesView }
        let apdus = APDUs.split(stream)
        for apdu in apdus { try check(octets(apdu)) }
        return apdus
    }

    private func check(_ apdu: [UInt8]) throws {
        #expect(apdu.count <= 255 && apdu.first == 0x68 && apdu.count == Int(apdu[1]) + 2)
        #expect(apdu[2] != 0x07 && apdu[2] != 0x13, "STARTDT act and STOPDT act are the controlling station's")
        guard apdu[2] & 1 == 0 else { return }
        let number = (Int(apdu[2]) | Int(apdu[3]) << 8) >> 1
        #expect(number == receivedCount & 0x7FFF)
        let acknowledgement = (Int(apdu[4]) | Int(apdu[5]) << 8) >> 1
        #expect((newestAcknowledgement...sentCount).contains(acknowledgement) || sentCount > 0x7FFF)
        newestAcknowledgement = acknowledgement
        receivedCount += 1
        var reader = ByteBuffer(bytes: apdu.dropFirst(6))
        #expect(reader.readableBytes <= 249)
        // A request of an unknown type is mirrored as it came; everything else can be decoded.
        guard apdu[8] & 0x7F != 0x6C else { return }
        let asdu = try ASDU(decoding: &reader)
        #expect(reader.readableBytes == 0)
        #expect(asdu.identifier.commonAddress != .broadcast || asdu.identifier.isNegative)
    }

    // MARK: ASDUs

    /// Sends an ASDU in the next I frame, which acknowledges everything received.
    func request(_ asdu: String) throws -> [String] {
        acknowledged = receivedCount
        return try send(APDUs.I(sentCount, receivedCount, asdu))
    }

    /// Sends an ASDU and acknowledges what comes until nothing more does.
    ///
    /// - Returns: the ASDUs received.
    func ask(_ asdu: String) throws -> [String] {
        let first = try request(asdu)
        return try Self.asdus(first) + drain()
    }

    /// Acknowledges what comes until nothing more does.
    ///
    /// - Returns: the ASDUs received.
    func drain() throws -> [String] {
        var asdus = try Self.asdus(receive())
        while acknowledged != receivedCount {
            asdus += try Self.asdus(acknowledge())
        }
        return asdus
    }

    /// Acknowledges everything received.
    func acknowledge() throws -> [String] {
        acknowledged = receivedCount
        return try send(APDUs.S(receivedCount))
    }

    /// The ASDUs of the I frames among these APDUs.
    static func asdus(_ apdus: [String]) -> [String] {
        let asdus = apdus.filter { octets($0)[2] & 1 == 0 }.map { String($0.dropFirst(18)) }
        guard let defect = StationDefect.current else { return asdus }
        return asdus.flatMap { defect.altered(octets($0)).map { hexadecimal($0) } }
    }
}

/// ASDUs, decoded.
func decoded(_ asdus: [String]) throws -> [ASDU] {
    try asdus.map {
        var buffer = ByteBuffer(hexadecimal: $0)
        return try ASDU(decoding: &buffer)
    }
}

extension [ASDU] {
    /// Address and value of every point, in the order of transmission.
    var values: [ProcessValue] { flatMap { $0.objects.compactMap(\.element.processInformation?.value) } }

    /// The time tags.
    var times: [CP56Time2a] { flatMap { $0.objects.compactMap(\.element.processInformation?.time) } }
}
