import Replay
import TestSupport
import Testing

@Suite("Decoding")
struct DecodeTests {
    private static let command = APDUs.I(0, 0, "2D 01 06 05 0A 00 02 00 00 81")
    private static let points = APDUs.I(0, 1, "01 02 14 00 0A 00 01 00 00 01 02 00 00 C0")

    private func json(_ recording: Recording) throws -> [String] {
        var format = DecodeJSON()
        return try recording.events().flatMap { format.lines(for: $0) }
    }

    private func text(_ recording: Recording, objects: Bool = false) throws -> [String] {
        var format = DecodeText(showsObjects: objects)
        return try recording.events().flatMap { format.lines(for: $0) }
    }

    @Test("JSON: a command, and two APDUs in one packet")
    func jsonLines() throws {
        var recording = Recording()
        recording.send(.control, Self.command)
        recording.send(.monitor, APDUs.S(1) + Self.points)
        #expect(
            try json(recording) == [
                #"{"stream":0,"dir":"c2s","frame":4,"n":0,"t":"1000000.000000000","src":"10.0.0.1:40000","#
                    + #""dst":"10.0.0.2:2404","len":14,"apci":"I","ns":0,"nr":0,"typeid":45,"sq":0,"numix":1,"cot":6,"#
                    + #""neg":0,"test":0,"oa":5,"ca":10,"name":"C_SC_NA_1","#
                    + #""objects":[{"ioa":2,"sco":{"raw":129,"on":1,"qu":0,"se":1}}],"#
                    + #""raw":"680e000000002d0106050a0002000081"}"#,
                #"{"stream":0,"dir":"s2c","frame":5,"n":0,"t":"1000000.000000000","src":"10.0.0.2:2404","#
                    + #""dst":"10.0.0.1:40000","len":4,"apci":"S","nr":1,"raw":"680401000200"}"#,
                #"{"stream":0,"dir":"s2c","frame":5,"n":1,"t":"1000000.000000000","src":"10.0.0.2:2404","#
                    + #""dst":"10.0.0.1:40000","len":18,"apci":"I","ns":0,"nr":1,"typeid":1,"sq":0,"numix":2,"cot":20,"#
                    + #""neg":0,"test":0,"oa":0,"ca":10,"name":"M_SP_NA_1","objects":["#
                    + #"{"ioa":1,"value":1,"q":{"bl":0,"sb":0,"nt":0,"iv":0}},"#
                    + #"{"ioa":2,"value":0,"q":{"bl":0,"sb":0,"nt":1,"iv":1}}],"#
                    + #""raw":"681200000200010214000a0001000001020000c0"}"#,
            ])
    }

    @Test("JSON: what is missing is told with the next APDU, or at the end")
    func jsonGaps() throws {
        var recording = Recording()
        recording.send(.monitor, APDUs.testAct)
        recording.lose(.monitor, "68 04 43 00 00 00 68")
        recording.send(.monitor, "04 43 00 00 00 \(APDUs.testCon)")
        recording.send(.control, "68 0E 00")
        let lines = try json(recording)
        #expect(lines.count == 3)
        let gap =
            #""skipped":"0443000000","error":"7 octets before this are missing in the capture","raw":"680483000000""#
        #expect(lines.dropFirst().first?.contains(gap) == true)
        let rest = #""apci":null,"skipped":"680e00","error":"the stream ends within an APDU"}"#
        #expect(lines.last?.hasSuffix(rest) == true)
    }

    @Test("JSON: malformed APDUs and ASDUs have their octets and say what is wrong")
    func jsonMalformed() throws {
        var recording = Recording()
        recording.send(.control, "68 04 47 00 00 00" + APDUs.I(0, 0, "C8 01 06 00 01 00 01 02"))
        let lines = try json(recording)
        let undefined =
            #""len":4,"apci":null,"error":"undefined U function in control field 47 00 00 00","raw":"680447000000"}"#
        #expect(lines.first?.hasSuffix(undefined) == true)
        #expect(lines.last?.contains(#""error":"type 200 is not defined","typeid":200"#) == true)
        #expect(lines.last?.contains(#""name":null,"objects":[],"rawdata":"0102","raw":"#) == true)
    }

    @Test("text: one line for each APDU, objects on demand, faults with an exclamation mark")
    func textLines() throws {
        var recording = Recording()
        recording.send(.control, Self.command)
        recording.send(.monitor, Self.points + "68 04 47 00 00 00")
        let lines = try text(recording)
        let head = "1970-01-12 13:46:40.000000  #0  10.0.0.1:40000 > 10.0.0.2:2404  "
        #expect(lines.first == "     4  \(head)I(0,0)  C_SC_NA_1 (45)  activation  OA 5  CA 10  IOA 2  on  select")
        #expect(lines.count == 3)
        #expect(lines[1].hasSuffix("I(0,1)  M_SP_NA_1 (1)  interrogated-by-station  CA 10  2 objects, IOA 1...2"))
        #expect(lines[2].contains("! malformed APDU: undefined U function"))
        let objects = try text(recording, objects: true).filter { $0.hasPrefix("        IOA") }
        #expect(objects == ["        IOA 1  on", "        IOA 2  off  NT IV"])
    }
}
