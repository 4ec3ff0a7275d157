import DataStore
import IEC104Model
import IEC104Station
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("From documents of the store to updates of the station")
struct UpdateReaderTests {
    private let clock = StationClockBox()
    private let mapped: UpdateReader
    private let open = UpdateReader(mapping: nil, clock: StationClockBox())

    init() {
        let text = #"""
            {"points":[{"casdu":150,"ioa":100,"type":36,"scale":0.1},{"casdu":150,"ioa":101,"type":31},
            {"casdu":150,"ioa":501,"type":46}]}
            """#
        clock.current = StationClock(zone: "Europe/Berlin")
        mapped = UpdateReader(
            mapping: PointMapping.read(document(text), unknownFields: .error).mapping,
            clock: clock)
    }

    private func image(_ ioa: UInt32, _ text: String) -> ImageRead {
        ImageRead(key: PointKey(commonAddress: 150, objectAddress: ioa), content: .json(document(text)))
    }

    private func entry(_ fields: KeyValuePairs<String, String>) -> StreamEntry {
        StreamEntry(
            id: StreamID(milliseconds: 1, sequence: 0),
            fields: fields.map { StreamEntry.Field(name: $0.key, value: document($0.value)) })
    }

    private func update(_ input: StationInput) throws -> PointUpdate {
        guard case .update(let update) = input else { throw PointDocumentFault("", "no update but \(input)") }
        return update
    }

    @Test("an image key is a state of the point in its name, by the mapping's type and scale")
    func state() throws {
        let found = try update(
            mapped.read(image(100, #"{"value":215,"cot":20,"timestamp":"2026-01-15T10:30:00.123Z","casdu":1,"ioa":2}"#))
        )
        #expect(found.address == PointAddress(150, 100))
        #expect(found.type == .M_ME_TF_1)
        #expect(found.kind == .state)
        #expect(found.cause == .interrogatedByStation)
        #expect(found.information.value == .shortFloat(21.5))
        #expect(found.timestamp == moment && found.hasSourceTimestamp)
        #expect(found.information.time?.description == "2026-01-15 11:30:00.123")
    }

    @Test("a hash is a state too")
    func hash() throws {
        let fields = [
            StreamEntry.Field(name: "value", value: document("on")),
            StreamEntry.Field(name: "unit", value: document("")),
        ]
        let found = try update(
            mapped.read(ImageRead(key: PointKey(commonAddress: 150, objectAddress: 101), content: .hash(fields))))
        #expect(found.kind == .state)
        #expect(found.information.value == .doublePoint(.on))
    }

    @Test("a stream entry is an event of the point in its document")
    func event() throws {
        for entry in [
            entry(["data": #"{"casdu":150,"ioa":101,"value":"off"}"#]),
            entry(["casdu": "150", "ioa": "101", "value": "off"]),
        ] {
            let found = try update(mapped.read(entry))
            #expect(found.address == PointAddress(150, 101))
            #expect(found.kind == .event)
            #expect(found.cause == .spontaneous)
            #expect(found.information.value == .doublePoint(.off))
        }
    }

    @Test("without a time of the source, the time of reception stands in and shows it")
    func reception() throws {
        let before = StationClock.now()
        let found = try update(mapped.read(image(101, #"{"value":1}"#)))
        #expect(before...StationClock.now() ~= found.timestamp)
        #expect(!found.hasSourceTimestamp)
        #expect(found.information.time?.isSubstituted == true)
        #expect(found.information.time?.isInvalid == false)
    }

    @Test("the time of reception is the station's, where a controlling station has set it")
    func stationTime() throws {
        _ = clock.synchronize(to: CP56Time2a(millisecondsSince1970: moment, utcOffsetSeconds: 3600))
        let found = try update(mapped.read(image(101, #"{"value":1}"#)))
        #expect(0..<60_000 ~= found.timestamp - moment)
        #expect(found.information.time?.year == 26 && found.information.time?.hour == 11)
    }

    @Test("a key that is gone removes the state of its point")
    func removed() throws {
        let input = try mapped.read(ImageRead(key: PointKey(commonAddress: 150, objectAddress: 100), content: .absent))
        guard case .removed(let address) = input else {
            Issue.record("\(input)")
            return
        }
        #expect(address == PointAddress(150, 100))
    }

    @Test("points outside the mapping are no fault, whatever their document names")
    func unmapped() throws {
        for input in [
            try mapped.read(image(999, #"{"value":1}"#)), try mapped.read(image(999, #"{"value":"x","type":13}"#)),
            try mapped.read(entry(["data": #"{"casdu":1,"ioa":100,"value":1,"type":13}"#])),
        ] {
            guard case .unmapped = input else {
                Issue.record("\(input)")
                continue
            }
        }
    }

    @Test("without a mapping each document says its type")
    func openImage() throws {
        let found = try update(open.read(image(7, #"{"type":"M_ME_NB_1","value":5}"#)))
        #expect(found.type == .M_ME_NB_1 && found.information.value == .scaled(5))
        for (text, field) in [
            (#"{"value":5}"#, "type"), (#"{"value":5,"type":70}"#, "type"), (#"{"value":5,"type":2}"#, "type"),
        ] {
            let fault = #expect(throws: PointDocumentFault.self, "\(text)") { try open.read(image(7, text)) }
            #expect(fault?.field == field)
        }
    }

    @Test("what can't be read is a fault that names the field")
    func faults() {
        for (text, field) in [
            ("", ""), ("{", ""), ("[]", ""), ("{}", "value"), (#"{"value":"x"}"#, "value"),
            (#"{"value":1,"cot":0}"#, "cot"),
        ] {
            let fault = #expect(throws: PointDocumentFault.self, "\(text)") { try mapped.read(image(100, text)) }
            #expect(fault?.field == field)
        }
        let fault = #expect(throws: PointDocumentFault.self) {
            try mapped.read(
                ImageRead(
                    key: PointKey(commonAddress: 150, objectAddress: 100), content: .unusable("a list is no point")))
        }
        #expect(fault?.description == "a list is no point")
    }

    @Test("a stream entry has to say which point it is about")
    func addresses() {
        for (fields, field) in [
            (["data": #"{"value":1}"#], "casdu"), (["data": #"{"value":1,"ioa":1}"#], "casdu"),
            (["data": #"{"value":1,"casdu":1}"#], "ioa"), ([:], ""), (["x": "y"], "casdu"), (["data": "x"], ""),
        ] as [(KeyValuePairs<String, String>, String)] {
            let fault = #expect(throws: PointDocumentFault.self) { try mapped.read(entry(fields)) }
            #expect(fault?.field == field)
        }
    }

    @Test("a confirmation on the stream is told from an update by its type, or by the mapping's")
    func confirmations() throws {
        for fields in [
            ["data": #"{"casdu":150,"ioa":501,"type":46,"value":2,"cot":7}"#],
            ["data": #"{"casdu":150,"ioa":501,"value":2,"cot":10}"#],
            ["casdu": "1", "ioa": "2", "type": "C_SC_NA_1", "cot": "7", "negative": "true"],
        ] as [KeyValuePairs<String, String>] {
            #expect(try answer(mapped, fields) != nil)
        }
        let answer = try answer(open, ["data": #"{"casdu":1,"ioa":2,"type":45,"cot":10,"negative":true}"#])
        #expect(answer?.address.description == "1:2")
        #expect(answer?.cause == .activationTermination)
        #expect(answer?.isNegative == true)
    }

    private func answer(
        _ reader: UpdateReader, _ fields: KeyValuePairs<String, String>
    ) throws -> CommandAnswer? {
        if case .commandAnswer(let answer) = try reader.read(entry(fields)) { answer } else { nil }
    }

    @Test("a command is confirmed with cause 7 or terminated with 10, and with no other", arguments: [3, 6, 9, 11])
    func causeOfConfirmation(cause: Int) {
        let fault = #expect(throws: PointDocumentFault.self) {
            try mapped.read(entry(["data": #"{"casdu":150,"ioa":501,"value":2,"cot":\#(cause)}"#]))
        }
        #expect(fault?.field == "cot")
    }

    @Test("a monitored value at a command's address is a fault, not a confirmation")
    func commandAddress() {
        #expect(throws: PointDocumentFault.self) {
            try mapped.read(entry(["data": #"{"casdu":150,"ioa":501,"type":13,"value":2}"#]))
        }
    }
}
