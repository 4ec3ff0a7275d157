import IEC104Channel
import IEC104Link
import IEC104Model
import NIOCore
import TestBench
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import ControllingStation

@Suite("Connection")
struct ConnectionTests {
    @Test("to a port where nobody listens is refused")
    func refused() async throws {
        // A port that was free a moment ago.
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        try await server.close()
        await #expect(throws: ConnectFault.refused(host: "127.0.0.1", port: port)) {
            _ = try await ControllingConnection.connect(host: "127.0.0.1", port: port)
        }
    }

    @Test("to a name that doesn't exist says so")
    func unknownName() async throws {
        await #expect(throws: ConnectFault.nameNotResolved(host: "no-such-host.invalid")) {
            _ = try await ControllingConnection.connect(host: "no-such-host.invalid", parameters: fastParameters)
        }
    }

    @Test("starts, tests and stops data transfer")
    func transfer() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                #expect(await connection.statistics.state == .started)
                try await connection.startDataTransfer()
                #expect(try await connection.test() > .zero)
                try await connection.stopDataTransfer()
                #expect(await connection.statistics.state == .stopped)
                try await connection.stopDataTransfer()
                await #expect(throws: ConnectionFault.notStarted) { try await connection.send(.float(1, 1, 1)) }
                try await connection.startDataTransfer()
            }
        }
    }

    @Test("sends more ASDUs than the window holds, in order")
    func window() async throws {
        let received = ReceivedNumbers()
        try await ScriptedStation.with(parameters: fastParameters) { asdu, _ in
            received.append(asdu)
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                for number in 0..<100 { try await connection.send(.float(1, 1, Float(number))) }
                try await eventually { received.values.count == 100 }
                #expect(received.values == (0..<100).map { Float($0) })
            }
        }
    }

    @Test("refuses an ASDU that fits in no APDU")
    func tooLong() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                await #expect(throws: ConnectionFault.tooLong(octets: 250)) {
                    try await connection.send(asduOctets: ByteBuffer(repeating: 0, count: 250))
                }
            }
        }
    }

    @Test("that the other end closes fails what is asked for, with the reason")
    func closedByStation() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                try await station.withUsers { users in users.first?.close() }
                #expect(try await connection.closed() == .remote)
                await #expect(throws: ConnectionFault.closed(.remote)) { try await connection.startDataTransfer() }
                await #expect(throws: ConnectionFault.closed(.remote)) { try await connection.test() }
                await #expect(throws: ConnectionFault.closed(.remote)) { try await connection.send(.float(1, 1, 1)) }
            }
        }
    }

    @Test("whose STARTDT is never confirmed ends after t1")
    func neverConfirmed() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        var parameters = fastParameters
        (parameters.t1, parameters.t3) = (.milliseconds(100), .seconds(100))
        try await ControllingConnection.withConnection(
            host: "127.0.0.1", port: try #require(server.localAddress?.port), parameters: parameters
        ) { connection in
            let expected = LinkCloseReason.fault(.unconfirmed(.startDataTransferActivation))
            await #expect(throws: ConnectionFault.closed(expected)) { try await connection.startDataTransfer() }
        }
        try await server.close()
    }

    @Test("shows every frame of both directions")
    func frames() async throws {
        let frames = Mutex<[ObservedFrame]>([])
        try await ScriptedStation.with { station in
            let before = WallClock.milliseconds()
            try await ControllingConnection.withConnection(
                host: "127.0.0.1", port: station.port, onFrame: { frame in frames.withLock { $0.append(frame) } }
            ) { connection in
                try await connection.startDataTransfer()
                try await connection.sendRaw(ByteBuffer(bytes: [0x68, 4, 0x43, 0, 0, 0]))
                try await eventually { frames.withLock { $0.count } == 4 }
            }
            let seen = frames.withLock { $0 }
            #expect(seen.map(\.isSent) == [true, false, true, false])
            #expect(seen.map { $0.octets.getInteger(at: 2, as: UInt8.self) } == [0x07, 0x0B, 0x43, 0x83])
            #expect(seen.allSatisfy { $0.millisecondsSince1970 >= before })
        }
    }
}

/// Values of type 13 in the order received.
private final class ReceivedNumbers: Sendable {
    private let state = Mutex<[Float]>([])

    var values: [Float] { state.withLock { $0 } }

    func append(_ asdu: ASDU) {
        guard case .shortFloat(let value)? = asdu.objects.first?.element.processInformation?.value else { return }
        state.withLock { $0.append(value) }
    }
}
