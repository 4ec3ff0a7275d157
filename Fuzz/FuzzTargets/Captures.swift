import Foundation
import NIOCore
import Replay

/// A capture file as it is, read from memory: it ends in order or with a fault that has words, and what comes out is
/// written in both forms and checked.
func fuzzCapture(_ octets: UnsafeRawBufferPointer) {
    guard let start = octets.baseAddress, !octets.isEmpty,
        let stream = fmemopen(UnsafeMutableRawPointer(mutating: start), octets.count, "r")
    else { return }
    do throws(CaptureFault) {
        var file = try CaptureFile(stream: stream)
        var session = CaptureSession(linkType: file.linkType)
        while let packet = try file.next() { session.receive(packet) }
        session.finish()
    } catch {
        require(!error.description.isEmpty, "a fault without words")
    }
}

/// Octet 1 chooses the link type; then packets, each with its length in two octets, low one first, and seconds since
/// the one before.
func fuzzPackets(_ octets: UnsafeRawBufferPointer) {
    let linkTypes: [LinkType] = [.ethernet, .loopback, .rawIP, .linuxCooked1, .linuxCooked2]
    var input = FuzzInput(octets)
    var session = CaptureSession(linkType: linkTypes[input.choice(linkTypes.count)])
    var (frame, seconds) = (0, Int64(0))
    while !input.isAtEnd {
        frame += 1
        let length = Int(input.word())
        seconds += Int64(input.octet())
        session.receive(
            CapturedPacket(
                frame: frame, time: CaptureTime(nanoseconds: seconds * 1_000_000_000), octets: input.octets(length)))
    }
    session.finish()
}

/// Everything that is done with a capture.
private struct CaptureSession {
    private var analyzer: CaptureAnalyzer
    private var json = DecodeJSON()
    private var text = DecodeText(showsObjects: true)
    private var check = CaptureCheck(CheckParameters())
    private var report = CheckReport(file: "")
    private var frames = 0

    init(linkType: LinkType) {
        analyzer = CaptureAnalyzer(linkType: linkType)
    }

    mutating func receive(_ packet: CapturedPacket) {
        frames = packet.frame
        var events: [TrafficEvent] = []
        do throws(MalformedPacket) {
            try analyzer.receive(packet, into: &events)
        } catch {
            require(!error.description.isEmpty, "a fault without words")
            _ = json.lines(for: error, in: packet) + text.lines(for: error, in: packet)
            report.add(check.take(error, in: packet))
        }
        take(events)
    }

    mutating func finish() {
        var events: [TrafficEvent] = []
        analyzer.finish(into: &events)
        take(events)
        require(!report.jUnit.isEmpty && !report.json.isEmpty, "a report without words")
    }

    private mutating func take(_ events: [TrafficEvent]) {
        for event in events {
            require((1...max(1, frames)).contains(event.frame), "packet \(event.frame) of \(frames)")
            report.count(event)
            report.add(check.take(event))
            for line in json.lines(for: event) {
                let isJSON = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil
                require(isJSON, "no JSON: \(line)")
            }
            _ = text.lines(for: event)
        }
    }
}
