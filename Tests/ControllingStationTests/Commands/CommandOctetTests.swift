import IEC104Model
import NIOCore
import TestSupport
import Testing

@testable import ControllingStation

@Suite("Command")
struct CommandOctetTests {
    /// 2026-01-15T10:30:00.123Z
    private let time = CP56Time2a(millisecondsSince1970: 1_768_473_000_123)

    private func octets(_ command: Command, _ step: CommandStep = .execute, time: CP56Time2a? = nil) -> String {
        var buffer = ByteBuffer()
        command.asdu(step, time: time).encode(into: &buffer)
        return buffer.hexadecimalText
    }

    @Test(
        "of each type, with and without time tag, has the standard's octets",
        arguments: [
            (.single(true), "2D", "3A", "05"), (.single(false), "2D", "3A", "04"),
            (.double(true), "2E", "3B", "06"), (.double(false), "2E", "3B", "05"),
            (.step(isHigher: true), "2F", "3C", "06"), (.step(isHigher: false), "2F", "3C", "05"),
            (.normalized(NormalizedValue(rawValue: 0x4000)), "30", "3D", "00 40 01"),
            (.scaled(-2), "31", "3E", "FE FF 01"), (.shortFloat(1.5), "32", "3F", "00 00 C0 3F 01"),
            (.bitstring(0x1234_5678), "33", "40", "78 56 34 12"),
        ] as [(CommandValue, String, String, String)])
    func octets(value: CommandValue, type: String, taggedType: String, element: String) {
        var command = Command(address: PointAddress(commonAddress: 1, informationObjectAddress: 2001), value: value)
        command.qualifier = 1
        command.originatorAddress = 7
        #expect(octets(command) == "\(type) 01 06 07 01 00 D1 07 00 \(element)")
        #expect(
            octets(command, time: time) == "\(taggedType) 01 06 07 01 00 D1 07 00 \(element) 7B 00 1E 0A 8F 01 1A")
    }

    @Test("is selected and cancelled with S/E = 1, cancelled with cause 8, and executed with S/E = 0")
    func steps() {
        let single = Command(address: PointAddress(commonAddress: 1, informationObjectAddress: 5), value: .single(true))
        #expect(octets(single, .select) == "2D 01 06 00 01 00 05 00 00 81")
        #expect(octets(single, .execute) == "2D 01 06 00 01 00 05 00 00 01")
        #expect(octets(single, .cancel) == "2D 01 08 00 01 00 05 00 00 81")
        var setPoint = Command(address: single.address, value: .scaled(1))
        setPoint.isTest = true
        setPoint.qualifier = 127
        #expect(octets(setPoint, .select) == "31 01 86 00 01 00 05 00 00 01 00 FF")
    }
}
