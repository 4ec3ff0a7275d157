import IEC104Link
import TestSupport
import Testing

@Suite("Control field")
struct ControlFieldTests {
    static let golden: [(String, APCI)] = [
        ("00 00 00 00", .I(0, 0)), ("02 00 04 00", .I(1, 2)), ("00 00 02 00", .I(0, 1)),
        ("FE FF 00 00", .I(32767, 0)), ("FC FF FE FF", .I(32766, 32767)), ("00 01 FE 00", .I(128, 127)),
        ("01 00 00 00", .S(0)), ("01 00 02 00", .S(1)), ("01 00 FE FF", .S(32767)), ("01 00 00 01", .S(128)),
        ("07 00 00 00", .startAct), ("0B 00 00 00", .startCon), ("13 00 00 00", .stopAct),
        ("23 00 00 00", .stopCon), ("43 00 00 00", .testAct), ("83 00 00 00", .testCon),
    ]

    /// Octet 1 in the lowest eight bits.
    private func field(_ hex: String) -> UInt32 {
        octets(hex).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func fault(_ hex: String, length: Int) -> MalformedAPDU? {
        do throws(MalformedAPDU) {
            _ = try APCI(controlField: field(hex), length: length)
            return nil
        } catch {
            return error
        }
    }

    @Test("LNK-49 LNK-50 control fields are read from and written to the standard's octets", arguments: golden)
    func bothWays(hex: String, frame: APCI) throws {
        #expect(try APCI(controlField: field(hex), length: frame.isInformation ? 14 : 4) == frame)
        #expect(frame.controlField == field(hex))
    }

    @Test("LNK-49 every sequence number comes back")
    func everyNumber() throws {
        for number in stride(from: 0, through: 32767, by: 1) {
            let frame = APCI.I(number, 32767 - number)
            #expect(try APCI(controlField: frame.controlField, length: 5) == frame)
        }
    }

    @Test("LNK-71 a U frame has length 4", arguments: ["07", "0B", "13", "23", "43", "83"], [5, 6, 253])
    func lengthOfU(function: String, length: Int) {
        #expect(fault("\(function) 00 00 00", length: length) == .length(length))
    }

    @Test("LNK-72 an S frame has length 4", arguments: [5, 6, 253])
    func lengthOfS(length: Int) {
        #expect(fault("01 00 00 00", length: length) == .length(length))
    }

    @Test("LNK-73 an I frame carries an ASDU")
    func emptyI() {
        #expect(fault("00 00 00 00", length: 4) == .informationWithoutASDU)
        #expect(fault("02 00 00 00", length: 5) == nil)
    }

    @Test("LNK-74 LNK-75 a U frame has exactly one function")
    func functions() {
        let defined: Set<UInt8> = [0x07, 0x0B, 0x13, 0x23, 0x43, 0x83]
        for octet in UInt8.min...UInt8.max where octet & 3 == 3 {
            let hex = "\(hexadecimal(octet)) 00 00 00"
            #expect(fault(hex, length: 4) == (defined.contains(octet) ? nil : .undefinedFunction(UInt32(octet))))
        }
    }

    @Test(
        "LNK-76 octets 4 to 6 of a U frame are 0",
        arguments: ["43 01 00 00", "43 00 01 00", "43 00 00 01", "07 00 00 80"])
    func octetsBehindU(hex: String) {
        #expect(fault(hex, length: 4) == .undefinedFunction(field(hex)))
    }

    @Test("LNK-77 bit 1 of octet 5 is 0 in I and S frames")
    func reservedBit() {
        #expect(fault("01 00 01 00", length: 4) == .reservedBits(0x0001_0001))
        #expect(fault("00 00 01 00", length: 14) == .reservedBits(0x0001_0000))
        #expect(fault("02 00 03 00", length: 14) == .reservedBits(0x0003_0002))
    }

    @Test("bits 2 to 16 of an S frame are 0", arguments: ["05 00 00 00", "81 00 00 00", "01 01 00 00", "01 80 00 00"])
    func reservedBitsOfS(hex: String) {
        #expect(fault(hex, length: 4) == .reservedBits(field(hex)))
    }

    @Test("whatever control field is accepted is written back as it came")
    func random() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            let field = UInt32.random(in: 0...UInt32.max, using: &generator)
            guard let frame = try? APCI(controlField: field, length: field & 1 == 0 ? 14 : 4) else { continue }
            #expect(frame.controlField == field)
        }
    }

    @Test("frames and faults are written the way people write them")
    func descriptions() {
        #expect("\(APCI.I(3, 5))" == "I(3,5)")
        #expect("\(APCI.S(7))" == "S(7)")
        #expect("\(APCI.startAct)" == "STARTDT act")
        #expect("\(MalformedAPDU.startOctet(0x69))" == "start octet 69 instead of 68")
        #expect(
            "\(MalformedAPDU.undefinedFunction(0x0000_0147))" == "undefined U function in control field 47 01 00 00")
        #expect("\(LinkFault.frameInWrongState(.I(0, 0), .stopped))" == "I(0,0) in state stopped")
        #expect("\(LinkFault.unconfirmed(.testFrameActivation))" == "t1 expired: TESTFR act not confirmed")
    }
}
