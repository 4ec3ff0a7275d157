import ConnectorCore
import IEC104Model
import IEC104Station
import NIOCore

/// Octet 1 chooses what unknown fields are; the rest is the document.
func fuzzConfiguration(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let unknownFields: DocumentFault.Severity = input.octet() & 1 == 0 ? .error : .warning
    let text = input.rest()
    let (configuration, faults) = ConnectorConfiguration.read(text, id: "fuzz", unknownFields: unknownFields)
    check(faults, isUsable: configuration != nil, text)
    guard let configuration else { return }
    let link = configuration.link
    require(link.t2 < link.t1 && link.t1 <= .seconds(255), "t1 \(link.t1), t2 \(link.t2)")
    require(1...link.k ~= link.w && link.k <= 32_767, "k \(link.k), w \(link.w)")
    require(2404...2420 ~= configuration.network.port, "port \(configuration.network.port)")
    let streams = [configuration.streams.input, configuration.streams.output, configuration.streams.error]
    require(Set(streams).count == 3 || !faults.isEmpty || streams.allSatisfy { !$0.isEmpty }, "streams \(streams)")
    for range in configuration.commands.allow { _ = range.contains("192.0.2.1") != range.contains("::1") }
    require(StationClock(zone: configuration.time.zone).timeTag(0).millisecondsSince1970() != nil, "no time")
}

/// Octet 1 chooses what unknown fields are; the rest is the document. What can be used is served: an interrogation
/// brings every point once.
func fuzzMapping(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let unknownFields: DocumentFault.Severity = input.octet() & 1 == 0 ? .error : .warning
    let text = input.rest()
    let (mapping, faults) = PointMapping.read(text, unknownFields: unknownFields)
    check(faults, isUsable: mapping != nil, text)
    guard let mapping else { return }
    require(!mapping.summary.isEmpty, "a mapping without words")
    require(Set(mapping.points.map(\.address)).count == mapping.points.count, "an address twice")
    checkInterrogations(of: mapping.points.compactMap(\.definition))
}

private func check(_ faults: [DocumentFault], isUsable: Bool, _ text: ByteBuffer) {
    require(isUsable == !faults.contains { $0.severity == .error }, "usable: \(isUsable), faults: \(faults)")
    let lines = text.readableBytesView.count { $0 == UInt8(ascii: "\n") } + 1
    for fault in faults {
        require(1...lines ~= fault.position.line, "a fault in line \(fault.position.line) of \(lines)")
        require(1...(text.readableBytes + 1) ~= fault.position.column, "a fault in column \(fault.position.column)")
        require(!fault.description.isEmpty && !fault.message.isEmpty, "a fault without words")
    }
}

private func checkInterrogations(of definitions: [PointDefinition]) {
    let station = Station(milliseconds: { 0 }) { CP56Time2a(millisecondsSince1970: $0) }
    station.define(definitions, settings: StationSettings(), now: .uptimeNanoseconds(0))
    require(station.pointCount == definitions.count, "\(station.pointCount) points of \(definitions.count)")
    let session = station.makeSession(peer: "192.0.2.1")
    session.dataTransferStarted()
    var asked: Set<PointAddress> = []
    for commonAddress in Set(definitions.map(\.address.commonAddress)) {
        let low = UInt8(truncatingIfNeeded: commonAddress.rawValue)
        let high = UInt8(truncatingIfNeeded: commonAddress.rawValue >> 8)
        for request: [UInt8] in [[100, 1, 6, 0, low, high, 0, 0, 0, 20], [101, 1, 6, 0, low, high, 0, 0, 0, 5]] {
            session.received(asdu: ByteBuffer(bytes: request), now: .uptimeNanoseconds(0))
            var asdu = ByteBuffer()
            while session.nextASDU(into: &asdu) {
                require(asdu.readableBytes <= ASDU.maximumSize, "an ASDU of \(asdu.readableBytes) octets")
                let decoded = decodedASDU(asdu)
                for object in decoded.objects where decoded.identifier.typeIdentification.isProcessInformation {
                    let address = PointAddress(
                        commonAddress: decoded.identifier.commonAddress, informationObjectAddress: object.address)
                    require(asked.insert(address).inserted, "\(address) is sent twice")
                }
                asdu.clear()
            }
        }
    }
    require(asked == Set(definitions.map(\.address)), "\(asked.count) points of \(definitions.count) are sent")
    session.linkClosed()
}
