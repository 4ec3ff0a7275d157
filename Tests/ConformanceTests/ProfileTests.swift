import Conformance
import IEC104Model
import Testing

@Suite("Profiles")
struct ProfileTests {
    @Test("the bundled profiles can be read", arguments: StationProfile.Bundled.allCases)
    func bundled(_ bundled: StationProfile.Bundled) throws {
        let profile = try StationProfile(yaml: bundled.text, file: bundled.rawValue)
        #expect(!profile.name.isEmpty)
        #expect(profile.link == LinkProfile())
    }

    @Test("the connector's profile declares an answer for every case that leaves one open and can be run against it")
    func choices() throws {
        let profile = try StationProfile(yaml: StationProfile.Bundled.connector.text, file: "connector")
        let open = Catalogue.cases.filter { !$0.answers.isEmpty }.map(\.id)
        #expect(open.filter { profile.choices[$0] == nil } == [])
    }

    @Test("everything that can be declared is read")
    func everything() throws {
        let profile = try StationProfile(
            yaml: """
                version: 1
                name: Bay 7
                description: as built
                link: { t1: 15, t2: 10, t3: 20, k: 12, w: 8 }
                connections: 4
                functions: [read, counterInterrogation]
                select: 20
                commandAge: 5
                points:
                  - { ca: 7, ioa: 1...3, type: M_SP_TB_1, groups: [1, 16] }
                  - { ca: 8, ioa: 100, type: 13, periodic: 2, background: 60, deadband: 0.5 }
                  - { ca: 8, ioa: 200, type: 15, counterGroup: 4 }
                commands:
                  - { ca: 7, ioa: 500, type: C_SC_NA_1, operation: select, refused: true, confirmation: process,
                      duration: 3, returns: 1 }
                  - { ca: 7, ioa: 501, type: 50, maximum: -2.5 }
                choices: { LNK-05: close, GI-27: "refuse,  discard" }
                free: { ca: 9, ioa: 4 }
                robustness: true
                pace: { prompt: 1, silence: 0.5, early: 0, late: 2, interrogation: 90 }
                """, file: "bay.yaml")
        #expect(profile.name == "Bay 7" && profile.description == "as built")
        #expect(profile.link == LinkProfile(t1: 15, t2: 10, t3: 20, k: 12, w: 8))
        #expect(profile.connections == 4 && profile.selectTimeout == 20 && profile.maximumCommandAge == 5)
        #expect(profile.supports(.read) == true && profile.supports(.files) == false)
        #expect(profile.commonAddresses == [7, 8])
        #expect(profile.points.map(\.objectAddress) == [1, 2, 3, 100, 200])
        #expect(profile.interrogated(7, group: 16).count == 3 && profile.counters(8, group: 4).count == 1)
        #expect(profile.points[3].periodic == 2 && profile.points[3].deadband == 0.5)
        #expect(profile.commands.first?.operation == .select && profile.commands.last?.maximum == -2.5)
        #expect(profile.choices == ["LNK-05": "close", "GI-27": "discard, refuse"])
        #expect(profile.freeCommonAddress == 9 && profile.freeObjectAddress == 4)
        #expect(profile.pace.silence == .milliseconds(500) && profile.pace.interrogation == .seconds(90))
        #expect(profile.allowsRobustness && profile.commands.first?.isConfirmedByProcess == true)
    }

    @Test(
        "what is wrong is told with file, line and column",
        arguments: [
            ("", "1:1", "empty"),
            ("version: 2", "1:10", "1...1"),
            ("name: x", "1:1", "version is missing"),
            ("version: 1\nnmae: x", "2:1", "unknown key \"nmae\""),
            ("version: 1\nlink: { t1: 15, t2: 10, t3: 20, k: 12 }", "2:7", "w is missing"),
            ("version: 1\nlink: { t1: 0, t2: 10, t3: 20, k: 12, w: 8 }", "2:13", "1...255"),
            ("version: 1\nfunctions: [reed]", "2:13", "unknown function \"reed\""),
            ("version: 1\npoints:\n  - { ca: 1, ioa: 5 }", "3:5", "required"),
            ("version: 1\npoints:\n  - { ca: 1, ioa: x, type: 1 }", "3:19", "ioa must be"),
            ("version: 1\npoints:\n  - { ca: 1, ioa: 5...3, type: 1 }", "3:19", "ioa must be"),
            ("version: 1\npoints:\n  - { ca: 1, ioa: 5, type: M_XX }", "3:28", "unknown type"),
            ("version: 1\npoints:\n  - { ca: 1, ioa: 5, type: 45 }", "3:28", "isn't monitored"),
            ("version: 1\npoints:\n  - { ca: 1, ioa: 1...3, type: 1 }\n  - { ca: 1, ioa: 3, type: 1 }", "4:5", "twice"),
            ("version: 1\ncommands:\n  - { ca: 1, ioa: 5, type: 45, confirmation: me }", "3:46", "station or process"),
            ("version: 1\nchoices: { XYZ-01: close }", "2:12", "no case"),
            ("version: 1\nchoices: { LNK-01: close }", "2:12", "nothing to choose"),
            ("version: 1\nchoices: { LNK-05: shrug }", "2:20", "close, ignore"),
            ("version: 1\nchoices: { LNK-05: \"close, shrug\" }", "2:20", "close, ignore"),
            ("version: 1\npoints:\n  - { ca: 1, ioa: 5, type: 1 }\nfree: { ca: 1 }", "4:13", "isn't free"),
            ("version: 1\npoints:\n  - { ca: 1, ioa: 5, type: 1 }\nfree: { ioa: 5 }", "4:14", "isn't free"),
            ("version: 1\nname: [a", "3:1", "expected"),
            ("version: 1\nname: a\nname: b", "", "more than once"),
        ])
    func faults(text: String, place: String, part: String) throws {
        let fault = #expect(throws: ProfileFault.self) { try StationProfile(yaml: text, file: "s.yaml") }
        let description = try #require(fault).description
        #expect(description.hasPrefix("s.yaml:\(place)"), "\(description)")
        #expect(description.contains(part), "\(description)")
    }
}
