import ControllingStation
import IEC104Model
import Testing

@testable import Shell

@Suite("Lines of the shell")
struct CommandReadingTests {
    private static let everybody = CommonAddress.broadcast
    private static let station = CommonAddress(rawValue: 1)

    /// Why a line can't be carried out.
    private func fault(_ line: String) -> String {
        do throws(ShellFault) {
            let command = try ShellCommand(line: line)
            return "no fault: \(command.map { "\($0)" } ?? "nothing")"
        } catch {
            return error.description
        }
    }

    @Test(
        "a line is read as what it says",
        arguments: [
            ("startdt", .startDataTransfer), ("  STOPDT # stop it", .stopDataTransfer), ("testfr", .test),
            ("gi", .interrogate(.process(.station), everybody)),
            ("gi 3 ca=1", .interrogate(.process(.group(3)), station)),
            ("ci", .interrogate(.counters(.init(rawValue: 5)), everybody)),
            ("ci freeze-reset 2 CA=1", .interrogate(.counters(.init(rawValue: 0x82)), station)),
            ("clock ca=1", .clock(station)), ("wait 2.5", .wait(.milliseconds(2500))), ("show octets", .show(.octets)),
            ("raw 6804 43 000000", .raw([0x68, 0x04, 0x43, 0, 0, 0])), ("help gi", .help("gi")), ("exit", .quit),
        ] as [(String, ShellCommand)])
    func lines(_ line: String, _ command: ShellCommand) throws {
        #expect(try ShellCommand(line: line) == command)
    }

    @Test("a command line has type, address, value, steps, qualifier, originator and test bit")
    func command() throws {
        let read = try ShellCommand(line: "cmd C_SE_TC_1 1:7 -12.5 sbo q=3 oa=9 test")
        let address = try #require(InformationObjectAddress(rawValue: 7))
        var command = Command(
            address: PointAddress(commonAddress: Self.station, informationObjectAddress: address),
            value: .shortFloat(-12.5))
        (command.qualifier, command.originatorAddress, command.isTest) = (3, 9, true)
        #expect(read == .command(command, type: .C_SE_TC_1, [.select, .execute]))
    }

    @Test("empty lines and comments are nothing", arguments: ["", "   ", "# gi", "  # gi"])
    func nothing(_ line: String) throws {
        #expect(try ShellCommand(line: line) == nil)
    }

    @Test(
        "what can't be carried out is told with what is expected",
        arguments: [
            ("strtdt", "unknown command \"strtdt\"; did you mean \"startdt\"?"),
            ("startdt now", "\"now\" is too much; usage: startdt"),
            ("gi 17", "the group can't be \"17\": 1...16 is expected; usage: gi [GROUP] [ca=N]"),
            ("gi ca=70000", "ca can't be \"70000\": 0...65535 is expected; usage: gi [GROUP] [ca=N]"),
            ("gi cca=1", "unknown option \"cca\"; known: ca; usage: gi [GROUP] [ca=N]"),
            ("read", "CA:IOA is missing; usage: read CA:IOA"),
            (
                "read 1-1001",
                "\"1-1001\" is no address: CA:IOA is expected, 0...65534 and 0...16777215, such as 1:1001; usage: read CA:IOA"
            ),
            (
                "raw 6",
                "\"6\": 1...4096 octets in hexadecimal are expected, such as 68 04 43 00 00 00; usage: raw OCTETS"
            ),
            ("wait long", "\"long\": 0...86400 seconds are expected, such as 2.5; usage: wait SECONDS"),
            (
                "show frame",
                "unknown \"frame\"; did you mean \"frames\"?; usage: show values|frames|octets|nothing"
            ),
            ("cmd 45 1:5 maybe", "\"maybe\" is no value for C_SC_NA_1 (45): on, off, true, false, 1 or 0 is expected"),
            ("cmd 51 1:5 1 select", "a bitstring (C_BO_NA_1 (51)) can't be selected"),
        ])
    func faults(_ line: String, _ text: String) {
        #expect(fault(line) == text)
    }

    @Test("a type that commands nothing, and a qualifier beyond that of the type, name what is possible")
    func commandFaults() {
        #expect(fault("cmd 30 1:5 on").contains("45...51 or 58...64 or a name such as C_SC_NA_1"))
        #expect(fault("cmd 45 1:5 on q=32").contains("q can't be \"32\": 0...31 is expected"))
    }

    @Test("every command is explained, alone and in the list")
    func help() throws {
        let list = try ShellVerb.help(nil)
        for verb in ShellVerb.allCases {
            #expect(list.contains("\(verb.rawValue) "))
            #expect(try ShellVerb.help(verb.rawValue).hasPrefix(verb.usage))
        }
        #expect(throws: ShellFault.self) { try ShellVerb.help("nonsense") }
    }
}
