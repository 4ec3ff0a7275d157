import IEC104Model
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("Faults of the mapping")
struct MappingFaultTests {
    private func read(
        _ text: String, unknownFields: DocumentFault.Severity = .error
    ) -> (mapping: PointMapping?, faults: [DocumentFault]) {
        PointMapping.read(document(text), unknownFields: unknownFields)
    }

    private func faults(point fields: String) -> [DocumentFault] { read("{\"points\":[{\(fields)}]}").faults }

    @Test(
        "addresses are whole numbers in their ranges",
        arguments: [("casdu", [1, 65_534], [-1, 65_536]), ("ioa", [1, 16_777_215], [-1, 16_777_216])])
    func addresses(name: String, good: [Int], bad: [Int]) {
        let other = name == "casdu" ? "ioa" : "casdu"
        for value in good { #expect(faults(point: "\"\(name)\":\(value),\"\(other)\":1,\"type\":1").isEmpty) }
        for value in bad.map(String.init) + ["1.5", "\"1\"", "null", "true", "[]", "{}", "1e400"] {
            #expect(
                faults(point: "\"\(name)\":\(value),\"\(other)\":1,\"type\":1").places == ["error points[0].\(name)"],
                "\(name) \(value)")
        }
    }

    @Test("the addresses that the standard reserves are taken, with a warning each")
    func reserved() {
        for (fields, expected) in [
            ("\"casdu\":0,\"ioa\":1", ["warning points[0].casdu"]),
            ("\"casdu\":65535,\"ioa\":1", ["warning points[0].casdu"]),
            ("\"casdu\":1,\"ioa\":0", ["warning points[0].ioa"]),
            ("\"casdu\":0,\"ioa\":0", ["warning points[0].casdu", "warning points[0].ioa"]),
            ("\"casdu\":1,\"ioa\":65535", []),
        ] {
            let (mapping, faults) = read("{\"points\":[{\(fields),\"type\":1}]}")
            #expect(faults.places == expected)
            #expect(mapping?.points.count == 1)
        }
        #expect(faults(point: "\"casdu\":65535,\"ioa\":1,\"type\":1")[0].message.contains("broadcast"))
    }

    @Test(
        "options are taken up to both edges of their ranges, and refused beyond",
        arguments: [
            ("groups", 13, ["[]", "[1]", "[16]", "[1,1]"], ["[0]", "[17]", "[1.5]", "[\"1\"]", "1", "null"]),
            ("counterGroup", 15, ["1", "4"], ["0", "5", "-1", "\"1\"", "1.5", "null"]),
            ("scale", 13, ["0.1", "-1", "1e3"], ["\"1\"", "true", "null", "1e400"]),
            ("offset", 13, ["0", "-1.5"], ["\"1\"", "true", "null", "-1e400"]),
            ("invert", 1, ["true", "false"], ["1", "0", "\"true\"", "null"]),
            ("deadband", 13, ["0", "0.5"], ["-0.5", "\"1\"", "null"]),
            ("periodic", 13, ["1", "86400"], ["0", "86401", "-1", "0.5", "\"60\"", "null"]),
            ("background", 1, ["1", "86400"], ["0", "86401", "-1", "0.5", "\"60\"", "null"]),
            ("selectBeforeOperate", 45, ["true", "false"], ["1", "\"true\"", "null"]),
            ("confirmation", 45, ["\"store\"", "\"process\""], ["\"both\"", "\"\"", "true", "null"]),
            ("min", 50, ["-1e9", "0"], ["\"0\"", "true", "null"]), ("max", 50, ["1e9", "0"], ["\"0\"", "null"]),
            ("name", 1, ["\"\"", "\"x\""], ["1", "null", "[]"]),
        ] as [(String, Int, [String], [String])])
    func options(name: String, type: Int, good: [String], bad: [String]) {
        for value in good {
            #expect(
                faults(point: "\"casdu\":1,\"ioa\":1,\"type\":\(type),\"\(name)\":\(value)").isEmpty, "\(name) \(value)"
            )
        }
        for value in bad {
            let found = faults(point: "\"casdu\":1,\"ioa\":1,\"type\":\(type),\"\(name)\":\(value)")
            #expect(found.count == 1 && found[0].path.hasPrefix("points[0].\(name)"), "\(name) \(value)")
            #expect(found.first?.severity == .error)
        }
    }

    @Test("the scale of a command isn't 0, for that can't be undone")
    func scale() {
        #expect(faults(point: #""casdu":1,"ioa":1,"type":50,"scale":0,"max":1"#).places == ["error points[0].scale"])
        #expect(faults(point: #""casdu":1,"ioa":1,"type":50,"scale":-1e-300,"max":1"#).isEmpty)
        #expect(faults(point: #""casdu":1,"ioa":1,"type":13,"scale":0"#).isEmpty)
    }

    @Test("min stays at or below max")
    func limits() {
        #expect(faults(point: #""casdu":1,"ioa":1,"type":50,"min":1,"max":1"#).isEmpty)
        #expect(faults(point: #""casdu":1,"ioa":1,"type":50,"min":1.5,"max":1"#).places == ["error points[0].min"])
    }

    @Test("an address belongs to one point; each further one names the one before")
    func duplicates() {
        let (mapping, faults) = read(
            #"""
            {"points":[{"casdu":1,"ioa":1,"type":1},{"casdu":1,"ioa":2,"type":1},{"casdu":2,"ioa":1,"type":1},
            {"casdu":1,"ioa":1,"type":13},{"casdu":1,"ioa":2,"type":45},{"casdu":2,"ioa":1}]}
            """#)
        #expect(mapping == nil)
        #expect(
            faults.places == ["error points[3]", "error points[4]", "error points[5].type", "error points[5]"])
        #expect(faults[0].message == "casdu 1, ioa 1 is points[0] already")
        #expect(faults[1].message == "casdu 1, ioa 2 is points[1] already")
    }

    @Test("what is missing is named, at the point")
    func missing() {
        #expect(
            faults(point: "").places == ["error points[0].casdu", "error points[0].ioa", "error points[0].type"])
        #expect(
            read("{}").faults.map(\.description) == [
                "1:1: error: points: the field is missing: a list of points is expected"
            ])
        #expect(read(#"{"points":[]}"#).mapping?.points.isEmpty == true)
        for value in ["{}", "1", "null", "\"\""] {
            #expect(read("{\"points\":\(value)}").faults.places == ["error points"])
        }
        #expect(read("{\"points\":[1,null,[],\"x\"]}").faults.places == (0...3).map { "error points[\($0)]" })
        #expect(read("").faults.map(\.message) == ["the document is empty"])
        #expect(read("[]").faults.places == ["error "])
    }

    @Test("all faults are told at once, each at its place")
    func allAtOnce() {
        let (mapping, faults) = read(
            """
            { "points": [
              { "casdu": -1, "ioa": "x", "type": 99, "groups": [0, 1, 17], "scale": "s", "nmae": "n" },
              { "casdu": 1, "type": 45, "deadband": 1,
                "periodic": 0 },
              { "casdu": 0, "ioa": 1, "type": 1, "min": 2, "max": 1 }
            ], "pionts": [] }
            """)
        #expect(mapping == nil)
        #expect(
            faults.map { "\($0.position) \($0.severity) \($0.path)" }.sorted() == [
                "2:14 error points[0].casdu", "2:25 error points[0].ioa", "2:38 error points[0].type",
                "2:53 error points[0].groups[0]", "2:59 error points[0].groups[2]", "2:73 error points[0].scale",
                "2:78 error points[0].nmae", "3:3 error points[1].ioa", "3:41 error points[1].deadband",
                "4:17 error points[1].periodic", "5:14 warning points[2].casdu", "5:45 error points[2].min",
                "5:45 error points[2].min", "5:55 error points[2].max", "6:4 error pionts",
            ])
        #expect(faults.messages(at: "pionts") == ["unknown field; did you mean \"points\"?"])
        #expect(faults.messages(at: "points[0].nmae") == ["unknown field; did you mean \"name\"?"])
    }

    @Test("an unknown field is a warning where the document runs, and the rest is applied")
    func unknown() {
        let (mapping, faults) = read(
            #"{"points":[{"casdu":1,"ioa":1,"type":1,"unit":"V"}],"version":2}"#, unknownFields: .warning)
        #expect(faults.places == ["warning points[0].unit", "warning version"])
        #expect(mapping?.points.count == 1)
    }

    @Test("reads 200 000 points")
    func many() {
        let elements = (0..<200_000).map { number in
            "{\"name\":\"Feld \(number)\",\"casdu\":\(number % 200 + 1),\"ioa\":\(number),\"type\":36,\"groups\":[1]}"
        }
        let (mapping, faults) = read("{\"points\":[" + elements.joined(separator: ",\n") + "]}")
        #expect(
            faults.map(\.description) == [
                "1:45: warning: points[0].ioa: information object address 0 means none in the standard"
            ])
        #expect(mapping?.points.count == 200_000)
        #expect(mapping?.points.last?.address == PointAddress(200, 199_999))
    }
}
