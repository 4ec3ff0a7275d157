import Testing

@testable import IEC104Model

@Suite("Golden octets: completeness")
struct GoldenCoverageTests {
    @Test("every defined type has a golden example, and only defined types have")
    func everyType() {
        let defined = (UInt8.min...UInt8.max).map(TypeIdentification.init(rawValue:)).filter(\.isDefined)
        let covered = Set(GoldenASDU.all.map(\.type))
        #expect(defined.filter { !covered.contains($0) } == [])
        #expect(covered.filter { !$0.isDefined } == [])
        #expect(GoldenASDU.onePerType.map(\.type.rawValue).sorted() == defined.map(\.rawValue))
    }

    @Test("the types are those of the companion standards")
    func numbers() {
        let numbers = (UInt8.min...UInt8.max).filter { TypeIdentification(rawValue: $0).isDefined }
        let ranges: [ClosedRange<UInt8>] = [
            1...21, 30...40, 45...51, 58...64, 70...70, 100...107, 110...113, 120...126,
        ]
        #expect(numbers == ranges.flatMap { Array($0) })
    }

    @Test("every type that may be a sequence has an example of one")
    func everySequence() {
        let sequences = Set(GoldenASDU.all.filter { $0.asdu?.identifier.isSequence == true }.map(\.type))
        let allowed = (UInt8.min...UInt8.max).map(TypeIdentification.init(rawValue:))
            .filter { InformationElement.layout(of: $0)?.allowsSequence == true }
        #expect(sequences.sorted() == allowed)
        #expect(allowed.map(\.rawValue) == [1, 3, 5, 7, 9, 11, 13, 15, 20, 21, 126])
    }

    @Test("exactly the defined types have a layout")
    func layouts() {
        for number in UInt8.min...UInt8.max {
            let type = TypeIdentification(rawValue: number)
            #expect((InformationElement.layout(of: type) != nil) == type.isDefined, "\(type)")
        }
    }

    @Test(
        "size, sequence and number are the same in the table of layouts and in each type",
        arguments: GoldenASDU.onePerType)
    func table(example: GoldenASDU) throws {
        let element = try #require(example.asdu?.objects.first?.element)
        let content = try #require(Mirror(reflecting: element).children.first?.value as? any InformationObjectElement)
        let layout = try #require(InformationElement.layout(of: example.type))
        let type = type(of: content)
        #expect(type.encodedSize == layout.size)
        #expect(type.allowsSequence == layout.allowsSequence)
        #expect(type.typeIdentification == example.type)
        #expect(String(describing: type) == example.type.mnemonic)
    }
}
