import ConnectorCore
import DataStore
import IEC104Model
import NIOCore

/// The octets as a JSON document, and as the fields of a hash: `name`, a zero octet, `value`, a zero octet and so on.
func fuzzPoint(_ octets: UnsafeRawBufferPointer) {
    let text = ByteBuffer(bytes: octets)
    convert { () throws(PointDocumentFault) in try PointDocument(json: text) }
    let parts = text.readableBytesView.split(separator: 0, omittingEmptySubsequences: false)
    var fields: [StreamEntry.Field] = []
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
        fields.append(
            StreamEntry.Field(name: String(decoding: parts[index], as: UTF8.self), value: ByteBuffer(parts[index + 1])))
    }
    convert { () throws(PointDocumentFault) in try PointDocument(fields: fields) }
}

private let clocks = [StationClock(zone: "UTC"), StationClock(zone: "Europe/Berlin")]

/// For every type that a point can be served with, a document either has a fault or makes octets that say the same.
private func convert(_ read: () throws(PointDocumentFault) -> PointDocument) {
    let document: PointDocument
    do throws(PointDocumentFault) {
        document = try read()
    } catch {
        return require(!error.description.isEmpty, "a fault without words")
    }
    let timestamp = document.timestamp ?? 0
    require(!ISO8601.text(timestamp).isEmpty, "a time without text")
    let times = clocks.map { $0.timeTag(timestamp) }
    for time in times { require(time.millisecondsSince1970() != nil, "\(timestamp) becomes \(time)") }
    for type in monitoredTypes {
        var scaled = PointConverter(type: type)
        scaled.scale = -1e30
        scaled.offset = 1e300
        scaled.invert = true
        for converter in [PointConverter(type: type), scaled] {
            guard let information = try? converter.information(of: document, time: times[0]) else { continue }
            checkOctets(of: information, as: type, document)
        }
    }
}

private func checkOctets(of information: ProcessInformation, as type: TypeIdentification, _ document: PointDocument) {
    var octets = ByteBuffer()
    DataUnitIdentifier(
        typeIdentification: type, count: 1, cause: document.cause,
        commonAddress: document.commonAddress ?? 1
    ).encode(into: &octets)
    (document.objectAddress ?? .irrelevant).encode(into: &octets)
    require(information.encode(as: type, into: &octets), "\(information) has no room in \(type)")
    checkASDU(octets)
    let sent = decodedASDU(octets)
    require(sent.objects.first?.element.processInformation != nil, "\(type) says nothing")
    if case .shortFloat(let number) = information.value { require(number.isFinite, "\(number) is sent") }
}
