import NIOCore
import TestSupport
import Testing

@testable import IEC104Model

@Suite("Process information")
struct ProcessInformationTests {
    /// The types with a value that a data point can have.
    static let served: [UInt8] = [1, 3, 5, 7, 9, 11, 13, 15, 20, 21, 30, 31, 32, 33, 34, 35, 36, 37]

    /// Golden examples of those types, but those with bits that a value and its quality can't tell.
    static let examples = GoldenASDU.all.filter {
        served.contains($0.type.rawValue) && $0.name != "1 reserved bits are kept"
    }

    @Test("exactly these types carry the value of a data point", arguments: GoldenASDU.onePerType)
    func carriers(example: GoldenASDU) throws {
        let object = try #require(example.asdu?.objects.first)
        #expect((object.element.processInformation != nil) == Self.served.contains(example.type.rawValue))
        #expect(
            (ProcessInformation.elementSize(of: example.type) != nil) == Self.served.contains(example.type.rawValue))
    }

    @Test("MON-01...18 the element written for a value is the golden one", arguments: examples)
    func element(example: GoldenASDU) throws {
        for object in try #require(example.asdu).objects {
            let information = try #require(object.element.processInformation)
            var golden = ByteBuffer()
            object.element.encode(into: &golden)
            var written = ByteBuffer()
            #expect(information.encode(as: example.type, into: &written))
            #expect(written.hexadecimalText == golden.hexadecimalText)
            #expect(written.readableBytes == ProcessInformation.elementSize(of: example.type))
        }
    }

    @Test("a value is written for no type but those that carry it", arguments: examples)
    func otherTypes(example: GoldenASDU) throws {
        let information = try #require(example.asdu?.objects.first?.element.processInformation)
        let related = [example.type.withoutTimeTag, example.type.withCP56Time2a, .M_ME_ND_1]
        for number in UInt8.min...UInt8.max {
            let type = TypeIdentification(rawValue: number)
            var buffer = ByteBuffer()
            if information.encode(as: type, into: &buffer) {
                #expect(related.contains(type) || type == .M_ME_NA_1 || type == .M_ME_TD_1, "\(type)")
            } else {
                #expect(buffer.readableBytes == 0)
            }
        }
    }

    @Test("MON-11...18 GI-03 the same value goes out with and without its time tag")
    func withAndWithoutTime() throws {
        let information = ProcessInformation(value: .shortFloat(21.5), quality: .notTopical, time: .golden)
        #expect(try written(information, as: .M_ME_TF_1) == "00 00 AC 41 40 5F EA 3B 01 FD 03 1A")
        #expect(try written(information, as: .M_ME_NC_1) == "00 00 AC 41 40")
    }

    @Test("MON-25 a time that is missing goes out as an invalid one")
    func missingTime() throws {
        let information = ProcessInformation(value: .singlePoint(true))
        #expect(try written(information, as: .M_SP_TB_1) == "01 00 00 80 00 00 00 00")
    }

    @Test("quality bits that an element has no place for are left out")
    func misplacedQuality() throws {
        let all = QualityDescriptor(rawValue: 0xF9)
        #expect(try written(.init(value: .singlePoint(true), quality: all), as: .M_SP_NA_1) == "F1")
        #expect(try written(.init(value: .doublePoint(.on), quality: all), as: .M_DP_NA_1) == "F2")
        #expect(try written(.init(value: .scaled(1), quality: all), as: .M_ME_NB_1) == "01 00 F1")
        let reading = BinaryCounterReading(value: 1, sequenceNumber: 3)
        #expect(try written(.init(value: .integratedTotals(reading), quality: all), as: .M_IT_NA_1) == "01 00 00 00 83")
        #expect(
            try written(.init(value: .integratedTotals(reading), quality: .overflow), as: .M_IT_NA_1)
                == "01 00 00 00 03")
        #expect(try written(.init(value: .normalized(.init(rawValue: 1)), quality: all), as: .M_ME_ND_1) == "01 00")
    }

    @Test("values are equal bit for bit")
    func equality() {
        #expect(ProcessValue.shortFloat(.nan) == .shortFloat(.nan))
        #expect(ProcessValue.shortFloat(0) != .shortFloat(-0.0))
        #expect(ProcessValue.scaled(1) != .shortFloat(1))
        #expect(Set([ProcessValue.shortFloat(.nan), .shortFloat(.nan), .shortFloat(0), .shortFloat(-0.0)]).count == 3)
    }

    private func written(_ information: ProcessInformation, as type: TypeIdentification) throws -> String {
        var buffer = ByteBuffer()
        try #require(information.encode(as: type, into: &buffer))
        return buffer.hexadecimalText
    }
}
