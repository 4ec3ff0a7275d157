import IEC104Model
import IEC104Station
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("The mapping, point by point")
struct MappingPointTests {
    private func read(_ text: String) -> (mapping: PointMapping?, faults: [DocumentFault]) {
        PointMapping.read(document(text), unknownFields: .error)
    }

    /// One point with its fields besides the address.
    private func point(_ fields: String) -> (point: MappedPoint?, faults: [DocumentFault]) {
        let (mapping, faults) = read("{\"points\":[{\"casdu\":150,\"ioa\":100,\(fields)}]}")
        return (mapping?.points.first, faults)
    }

    @Test("takes over the example of the specification")
    func example() throws {
        let (found, faults) = read(
            """
            { "points": [
              { "name": "Transformer room 1, temperature", "casdu": 150, "ioa": 100, "type": 36 },
              { "name": "Breaker Q0",         "casdu": 150, "ioa": 101, "type": 31, "groups": [1] },
              { "name": "Breaker Q0 command", "casdu": 150, "ioa": 501, "type": 46, "selectBeforeOperate": true }
            ] }
            """)
        #expect(faults.isEmpty)
        let mapping = try #require(found)
        var breaker = MappedPoint(name: "Breaker Q0", address: PointAddress(150, 101), type: .M_DP_TB_1)
        breaker.groups = InterrogationGroups(group: 1)
        var command = MappedPoint(name: "Breaker Q0 command", address: PointAddress(150, 501), type: .C_DC_NA_1)
        command.selectBeforeOperate = true
        #expect(
            mapping.points == [
                MappedPoint(name: "Transformer room 1, temperature", address: PointAddress(150, 100), type: .M_ME_TF_1),
                breaker, command,
            ])
        #expect(mapping.summary == "2 points monitored, 1 command, common address 150")
        #expect(mapping.points.map { $0.definition != nil } == [true, true, false])
    }

    @Test("takes types by number and by name, upper or lower case")
    func types() {
        let served = [1, 3, 5, 7, 9, 11, 13, 15, 20, 21] + Array(30...37) + Array(45...51) + Array(58...64)
        for number in 0...256 {
            let (found, faults) = point("\"type\":\(number)")
            #expect((found != nil) == served.contains(number), "type \(number)")
            #expect(faults.places == (served.contains(number) ? [] : ["error points[0].type"]), "type \(number)")
            guard let octet = UInt8(exactly: number) else { continue }
            guard let name = TypeIdentification(rawValue: octet).mnemonic else { continue }
            for text in [name, name.lowercased()] {
                #expect(point("\"type\":\"\(text)\"").point?.type.rawValue == found?.type.rawValue, "\(text)")
            }
        }
        for value in ["\"36\"", "\"\"", "\"M_ME_TF\"", "36.5", "-1", "true", "null", "[36]", "{}"] {
            #expect(point("\"type\":\(value)").faults.places == ["error points[0].type"], "\(value)")
        }
    }

    @Test("takes every option, on a point it has a meaning for")
    func options() throws {
        let measured = try #require(
            point(
                """
                "type":13,"name":"Umspannwerk Süd","groups":[1,16,2],"scale":0.001,"offset":-2.5,"deadband":0.5,
                "periodic":60,"background":3600
                """
            ).point)
        #expect(measured.name == "Umspannwerk Süd")
        #expect(measured.groups.rawValue == 0b1000_0000_0000_0011)
        #expect(measured.scale == 0.001)
        #expect(measured.offset == -2.5)
        #expect(measured.deadband == 0.5)
        #expect(measured.periodic == 60)
        #expect(measured.background == 3600)
        let definition = try #require(measured.definition)
        #expect(
            definition
                == PointDefinition(
                    address: PointAddress(150, 100), type: .M_ME_NC_1, groups: measured.groups, deadband: 0.5,
                    periodicInterval: 60, backgroundInterval: 3600))
        #expect(point("\"type\":15,\"counterGroup\":4").point?.definition?.counterGroup == 4)
        #expect(point("\"type\":1,\"invert\":true").point?.invert == true)
        let setPoint = try #require(
            point("\"type\":50,\"min\":-1.5,\"max\":1.5,\"selectBeforeOperate\":true,\"confirmation\":\"process\"")
                .point)
        #expect(setPoint.min == -1.5)
        #expect(setPoint.max == 1.5)
        #expect(setPoint.selectBeforeOperate)
        #expect(setPoint.confirmation == .process)
        #expect(point("\"type\":45,\"confirmation\":\"store\"").point?.confirmation == .store)
    }

    @Test("what is left out has no effect")
    func defaults() throws {
        let (found, faults) = point("\"type\":13")
        #expect(faults.isEmpty)
        #expect(found == MappedPoint(address: PointAddress(150, 100), type: .M_ME_NC_1))
        let plain = try #require(found)
        #expect(plain.scale == 1 && plain.offset == 0 && !plain.invert && !plain.selectBeforeOperate)
        #expect(plain.groups.isEmpty && plain.counterGroup == 0)
        #expect(plain.deadband == nil && plain.periodic == nil && plain.background == nil)
        #expect(plain.confirmation == nil && plain.min == nil && plain.max == nil)
    }

    @Test(
        "an option is refused on types that it has no meaning for",
        arguments: [
            ("\"groups\":[1]", "groups", [1, 3, 5, 7, 9, 11, 13, 20, 21, 30, 31, 32, 33, 34, 35, 36]),
            ("\"background\":60", "background", [1, 3, 5, 7, 9, 11, 13, 20, 21, 30, 31, 32, 33, 34, 35, 36]),
            ("\"counterGroup\":1", "counterGroup", [15, 37]),
            ("\"scale\":2", "scale", [9, 11, 13, 21, 34, 35, 36, 48, 49, 50, 61, 62, 63]),
            ("\"offset\":2", "offset", [9, 11, 13, 21, 34, 35, 36, 48, 49, 50, 61, 62, 63]),
            ("\"deadband\":2", "deadband", [9, 11, 13, 21, 34, 35, 36]),
            ("\"periodic\":60", "periodic", [9, 11, 13, 21, 34, 35, 36]),
            ("\"invert\":true", "invert", [1, 3, 30, 31, 45, 46, 58, 59]),
            (
                "\"selectBeforeOperate\":true", "selectBeforeOperate",
                [45, 46, 47, 48, 49, 50, 58, 59, 60, 61, 62, 63]
            ),
            ("\"confirmation\":\"store\"", "confirmation", Array(45...51) + Array(58...64)),
            ("\"min\":0", "min", [48, 49, 50, 61, 62, 63]), ("\"max\":0", "max", [48, 49, 50, 61, 62, 63]),
        ])
    func fitting(option: String, name: String, types: [Int]) {
        let served = [1, 3, 5, 7, 9, 11, 13, 15, 20, 21] + Array(30...37) + Array(45...51) + Array(58...64)
        for type in served {
            let places = point("\"type\":\(type),\(option)").faults.places
            #expect(places == (types.contains(type) ? [] : ["error points[0].\(name)"]), "\(name) on \(type)")
        }
    }
}
