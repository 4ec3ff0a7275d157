import Replay
import TestSupport
import Testing

@Suite("Recognition")
struct RecognitionTests {
    private func ends(_ recording: Recording, port: UInt16? = nil) throws -> [String] {
        try recording.events(port: port).filter(\.isAPDU).map {
            "\($0.stream.controlling.port)>\($0.stream.controlled.port)"
        }
    }

    @Test("any port, from the beginning: who opens the connection is the controlling station")
    func beginning() throws {
        var recording = Recording(port: 50_000)
        recording.send(.monitor, "68 04")
        recording.send(.monitor, "43 00 00 00")
        #expect(try ends(recording) == ["40000>50000"])
    }

    @Test("any port, from the middle: who sends process information is the controlled station")
    func middle() throws {
        var recording = Recording(isFromBeginning: false, port: 50_000)
        recording.send(.monitor, APDUs.I(7, 0, "01 01 03 00 0A 00 01 00 00 01"))
        recording.send(.control, APDUs.S(8))
        #expect(try ends(recording) == ["40000>50000", "40000>50000"])
    }

    @Test("other traffic is left alone")
    func other() throws {
        var recording = Recording(port: 80)
        recording.send(.control, [UInt8]("GET / HTTP/1.1\r\n\r\n".utf8))
        recording.send(.monitor, [UInt8](repeating: 0x68, count: 10_000))
        recording.send(.control, APDUs.testAct)
        #expect(try recording.events().isEmpty)
    }

    @Test("a named port is the only one")
    func named() throws {
        var recording = Recording(port: 50_000)
        recording.send(.monitor, APDUs.testAct)
        #expect(try ends(recording, port: 50_000) == ["40000>50000"])
        #expect(try ends(recording, port: 40_000) == ["50000>40000"])
        #expect(try ends(recording, port: 2404).isEmpty)
    }
}
