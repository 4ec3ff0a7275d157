import IEC104Model
import Testing

@testable import ControllingStation

@Suite("Value of a command as text")
struct CommandTextTests {
    @Test(
        "is read in the form of its type, with or without time tag",
        arguments: [
            (45, "on", .single(true)), (45, "TRUE", .single(true)), (45, "1", .single(true)),
            (45, "Off", .single(false)), (58, "false", .single(false)), (58, "0", .single(false)),
            (46, "on", .double(true)), (46, "2", .double(true)), (59, "off", .double(false)),
            (59, "1", .double(false)), (47, "higher", .step(isHigher: true)), (47, "2", .step(isHigher: true)),
            (60, "lower", .step(isHigher: false)), (60, "1", .step(isHigher: false)),
            (48, "-1.0", .normalized(NormalizedValue(rawValue: -32768))),
            (48, "0.999969482421875", .normalized(NormalizedValue(rawValue: 32767))),
            (61, "0.5", .normalized(NormalizedValue(rawValue: 16384))),
            (49, "-32768", .scaled(-32768)), (62, "32767", .scaled(32767)),
            (50, "-12.5", .shortFloat(-12.5)), (63, "1e3", .shortFloat(1000)),
            (51, "4294967295", .bitstring(.max)), (51, "0xfF", .bitstring(255)), (64, "0", .bitstring(0)),
        ] as [(UInt8, String, CommandValue)])
    func read(type: UInt8, text: String, value: CommandValue) throws {
        let read = try CommandValue(text, type: TypeIdentification(rawValue: type))
        #expect(read == value)
    }

    @Test(
        "is refused where it is none, and the fault names text, type and what is expected",
        arguments: [
            (45, "2", "on, off, true, false, 1 or 0"), (58, "", "on, off, true, false, 1 or 0"),
            (46, "0", "on, off, 2 (on) or 1 (off)"), (46, "3", "on, off"), (59, "true", "on, off"),
            (47, "on", "higher, lower"), (48, "1", "-1 to 1 - 2^-15"), (48, "-1.00001", "-1 to"),
            (61, "nan", "-1 to"), (49, "32768", "-32768 to 32767"), (49, "1.5", "whole number"),
            (50, "1e39", "finite"), (50, "nan", "finite"), (63, "inf", "finite"), (63, "1,5", "finite"),
            (51, "-1", "0 to 4294967295"), (51, "4294967296", "0 to"), (64, "0x", "0x"), (64, "0x100000000", "0x"),
            (13, "1", "45...51 or 58...64"),
        ] as [(UInt8, String, String)])
    func refused(type: UInt8, text: String, expectation: String) throws {
        let type = TypeIdentification(rawValue: type)
        let fault = try #require(throws: CommandValue.Fault.self) { _ = try CommandValue(text, type: type) }
        #expect(fault.text == text)
        #expect(fault.description.contains("\(type)"))
        #expect(fault.description.contains(expectation))
    }
}
