import NIOCore
import Testing

@testable import ConnectorCore

@Suite("The configuration's limits")
struct ConfigurationLimitTests {
    private func read(_ text: String) -> (configuration: ConnectorConfiguration?, faults: [DocumentFault]) {
        ConnectorConfiguration.read(document(text), id: "a", unknownFields: .error)
    }

    /// A document with one field; t2 and w are out of the way where t1 and k are meant.
    private func text(_ section: String, _ field: String, _ value: String) -> String {
        let aside = field == "t1" ? ",\"t2\":1" : field == "k" ? ",\"w\":1" : ""
        return "{\"\(section)\":{\"\(field)\":\(value)\(aside)}}"
    }

    @Test(
        "LNK-39 PHY-02 numbers are taken up to both edges and refused beyond",
        arguments: [
            ("network", "port", [2404, 2420], [2403, 2421, 0, -1, 65_535]),
            ("network", "maxConnections", [1, 100], [0, 101, -1]),
            ("protocol", "t1", [2, 255], [0, 256, -1]),
            ("protocol", "t2", [1, 14], [0, 256, -1]),
            ("protocol", "t3", [1, 172_800], [0, 172_801, -1]),
            ("protocol", "k", [1, 32_767], [0, 32_768, -1]),
            ("protocol", "w", [1, 12], [0, 32_768, -1]),
            ("commands", "timeout", [1], [0, -1]), ("commands", "selectTimeout", [1], [0, -1]),
            ("commands", "maxAge", [1], [0, -1]), ("events", "buffer", [1], [0, -1]),
        ])
    func edges(section: String, field: String, good: [Int], bad: [Int]) {
        for value in good {
            let (configuration, faults) = read(text(section, field, "\(value)"))
            #expect(configuration != nil, "\(field) \(value)")
            #expect(!faults.contains { $0.severity == .error })
        }
        for value in bad {
            let (configuration, faults) = read(text(section, field, "\(value)"))
            #expect(configuration == nil, "\(field) \(value)")
            #expect(faults.places == ["error \(section).\(field)"])
            #expect(faults.first?.message.hasSuffix("is expected, not \(value)") == true)
        }
        #expect(read(text(section, field, "\(good[0]).0")).configuration != nil, "2404.0 is a whole number")
        for value in ["\(good[0]).5", "\"\(good[0])\"", "null", "true", "[1]", "{}", "1e400"] {
            #expect(read(text(section, field, value)).faults.places == ["error \(section).\(field)"], "\(value)")
        }
    }

    @Test("LNK-39 t1 and t2 reach 255 s, and t2 stays below t1")
    func acknowledgementTimes() {
        #expect(read(#"{"protocol":{"t1":255,"t2":254}}"#).configuration != nil)
        for (t1, t2) in [(255, 255), (10, 10), (5, 6), (1, 1), (2, 2)] {
            let faults = read("{\"protocol\":{\"t1\":\(t1),\"t2\":\(t2)}}").faults
            #expect(faults.places == ["error protocol.t2"])
            #expect(faults[0].message.hasPrefix("t2 (\(t2) s) must be below t1 (\(t1) s)"))
        }
        #expect(read(#"{"protocol":{"t1":10}}"#).faults.places == ["error protocol.t2"], "the default of t2 counts")
        #expect(read(#"{"protocol":{"t2":15}}"#).faults.places == ["error protocol.t2"], "the default of t1 counts")
        #expect(read(#"{"protocol":{"t1":11}}"#).faults.isEmpty)
    }

    @Test(
        "LNK-39 w stays within k, and above two thirds of k it draws a warning",
        arguments: [
            (12, 8, []), (12, 9, ["warning protocol.w"]), (12, 12, ["warning protocol.w"]),
            (12, 13, ["error protocol.w"]),
            (3, 2, []), (1, 1, ["warning protocol.w"]), (2, 1, []), (32_767, 21_844, []),
            (32_767, 21_845, ["warning protocol.w"]), (32_767, 32_767, ["warning protocol.w"]),
            (1, 32_767, ["error protocol.w"]),
        ] as [(Int, Int, [String])])
    func window(k: Int, w: Int, expected: [String]) {
        let (configuration, faults) = read("{\"protocol\":{\"k\":\(k),\"w\":\(w)}}")
        #expect(faults.places == expected)
        #expect((configuration == nil) == expected.contains("error protocol.w"))
        if let configuration { #expect(configuration.link.k == k && configuration.link.w == w) }
    }

    @Test("a small k alone meets the default of w")
    func smallWindow() {
        #expect(read(#"{"protocol":{"k":11}}"#).faults.places == ["warning protocol.w"])
        #expect(read(#"{"protocol":{"k":7}}"#).faults.places == ["error protocol.w"])
    }

    @Test("a value that can't be read isn't compared with another one")
    func unreadable() {
        #expect(read(#"{"protocol":{"t1":"30","t2":20}}"#).faults.places == ["error protocol.t1"])
        #expect(read(#"{"protocol":{"k":0,"w":20}}"#).faults.places == ["error protocol.k"])
        #expect(
            read(#"{"protocol":{"t1":0,"t2":20,"k":3,"w":4}}"#).faults.places == [
                "error protocol.t1", "error protocol.w",
            ])
    }

    @Test("streams have names, and each another one")
    func streams() {
        for field in ["input", "output", "error"] {
            #expect(read("{\"streams\":{\"\(field)\":\"\"}}").faults.places == ["error streams.\(field)"])
            #expect(read("{\"streams\":{\"\(field)\":5}}").faults.places == ["error streams.\(field)"])
        }
        #expect(read(#"{"streams":{"output":"process:updates"}}"#).faults.places == ["error streams.output"])
        #expect(read(#"{"streams":{"input":"connectors:a:error"}}"#).faults.places == ["error streams.error"])
        #expect(read(#"{"streams":{"output":"x:{ID}","error":"x:a"}}"#).faults.places == ["error streams.error"])
        #expect(
            read(#"{"streams":{"input":"x","output":"x","error":"x"}}"#).faults.places
                == ["error streams.output", "error streams.error"])
        #expect(read(#"{"streams":{"input":"","output":"","error":""}}"#).faults.count == 3)
    }

    @Test(
        "the zone is a name of the IANA database",
        arguments: ["UTC", "Europe/Berlin", "Asia/Kolkata", "Etc/GMT+5", "CET"])
    func zones(name: String) {
        #expect(read("{\"time\":{\"zone\":\"\(name)\"}}").configuration?.time.zone == name)
    }

    @Test(
        "other words for zones are refused",
        arguments: [
            "", "Berlin", "europe/berlin", "GMT+1", "UTC+5", "GMT+0100", "BST", "+01:00", "Mars/Phobos", "../UTC",
        ])
    func notZones(name: String) {
        let faults = read("{\"time\":{\"zone\":\"\(name)\"}}").faults
        #expect(faults.places == ["error time.zone"])
        #expect(faults[0].message.contains("\"\(name)\" is no IANA time zone"))
    }
}
