import IEC104Link
import NIOCore
import Replay
import TestSupport
import Testing

@Suite("APDU splitter")
struct SplitterTests {
    private func split(_ pieces: [String], isSynchronized: Bool = true) -> [String] {
        var splitter = APDUSplitter(isSynchronized: isSynchronized)
        var outputs: [APDUSplitter.Output] = []
        for piece in pieces { splitter.receive(ByteBuffer(hexadecimal: piece), into: &outputs) }
        splitter.interrupt(into: &outputs)
        return outputs.map {
            switch $0 {
            case .apdu(_, let apci): "\(apci)"
            case .malformed(_, let fault): "\(fault)"
            case .skipped(let octets): "skipped \(octets.hexadecimalText)"
            }
        }
    }

    @Test("a wrong control field is told, and its length still counts")
    func controlField() {
        #expect(
            split(["68 05 43 00 00 00 68 \(APDUs.testAct) 68 04 47 00 00 00 \(APDUs.testCon)"]) == [
                "length 5 is not allowed", "TESTFR act", "undefined U function in control field 47 00 00 00",
                "TESTFR con",
            ])
    }

    @Test("after a wrong start octet or length, the next APDU that makes sense counts")
    func resynchronization() {
        #expect(
            split(["\(APDUs.testAct) 00 01 68 02 68 FE \(APDUs.testCon) \(APDUs.S(3))"]) == [
                "TESTFR act", "start octet 00 instead of 68", "skipped 00 01 68 02 68 FE", "TESTFR con", "S(3)",
            ])
        #expect(split(["68 03 01 02 03 \(APDUs.testCon)"]).last == "TESTFR con")
    }

    @Test("an I frame whose ASDU makes no sense is no place to go on at")
    func implausible() {
        // Type 45 with a count of 9, but octets for one object.
        let wrong = APDUs.I(0, 0, "2D 09 06 00 01 00 01 00 00 01")
        let right = APDUs.I(0, 0, "2D 01 06 00 01 00 01 00 00 01")
        #expect(split([wrong], isSynchronized: true) == ["I(0,0)"])
        #expect(split([right], isSynchronized: false) == ["I(0,0)"])
        #expect(split([wrong, APDUs.testAct], isSynchronized: false) == ["skipped \(wrong)", "TESTFR act"])
    }

    @Test("what is left at the end is told")
    func rest() {
        #expect(split(["68 0E 00"]) == ["skipped 68 0E 00"])
    }

    @Test("the same comes out however the octets are cut")
    func cuts() {
        let stream = octets(
            "00 \(APDUs.testAct) 05 68 68 04 43 00 \(APDUs.S(1)) \(APDUs.I(0, 0, "2D 01 06 00 01 00 01 00 00 01"))")
        let whole = split([hexadecimal(stream)])
        for length in 1...7 {
            let pieces = stride(from: 0, to: stream.count, by: length).map {
                hexadecimal(stream[$0..<min($0 + length, stream.count)])
            }
            #expect(split(pieces) == whole)
        }
        #expect(whole.contains("S(1)") && whole.last == "I(0,0)")
    }
}
