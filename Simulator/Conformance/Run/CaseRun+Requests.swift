import ControllingStation
import Foundation
import IEC104Model
import NIOCore

/// The requests that cases send.
extension CaseRun {
    /// The common address that cases use unless they say otherwise.
    package var ca: Int { profile.commonAddresses.first ?? 1 }
    /// Another common address of the station.
    package var otherCA: Int { profile.commonAddresses.dropFirst().first ?? ca }
    /// A common address that the station doesn't have.
    package var unknownCA: Int {
        profile.freeCommonAddress ?? (1...65_534).first { !profile.commonAddresses.contains($0) && $0 > ca }
            ?? 65_534
    }
    /// An object address that the station doesn't have.
    package var unknownIOA: Int {
        if let free = profile.freeObjectAddress { return free }
        let known = Set(profile.points.map(\.objectAddress) + profile.commands.map(\.objectAddress))
        return (9999...).first { !known.contains($0) } ?? 9999
    }

    /// A request that changes nothing and is answered by one I frame.
    package var harmless: RawRequest {
        switch target.harmless {
        case .unknownType: RawRequest(200, ca: ca, ioa: 1, [1])
        case .test: testCommand(counter: 0xBEEF)
        case .unknownAddress: interrogation(ca: unknownCA)
        }
    }

    /// The answer to it.
    package var harmlessAnswer: FramePattern { .mirror(of: harmless) }

    /// C_IC_NA_1.
    package func interrogation(ca: Int? = nil, _ qualifier: UInt8 = 20) -> RawRequest {
        RawRequest(100, ca: ca ?? self.ca, [qualifier])
    }

    /// C_CI_NA_1.
    package func counterInterrogation(ca: Int? = nil, _ qualifier: UInt8 = 5) -> RawRequest {
        RawRequest(101, ca: ca ?? self.ca, [qualifier])
    }

    /// C_RD_NA_1.
    package func read(_ point: ProfilePoint) -> RawRequest {
        RawRequest(102, cause: 5, ca: point.commonAddress, ioa: point.objectAddress)
    }

    /// C_CS_NA_1 with 15 June 2026, 12:30:01.000 unless another time is given.
    package func clock(
        ca: Int? = nil, _ time: [UInt8] = [0xE8, 0x03, 0x1E, 0x0C, 0x2F, 0x06, 0x1A]
    ) -> RawRequest {
        RawRequest(103, ca: ca ?? self.ca, time)
    }

    /// C_CS_NA_1 with the present time, as the profile says of time tags: UTC, or the local time of this machine.
    package func presentClock(ca: Int? = nil) -> RawRequest {
        let now = WallClock.milliseconds()
        let isLocal = profile.choices["MON-24"] == "local"
        let offset = isLocal ? TimeZone.current.secondsFromGMT() : 0
        var buffer = ByteBuffer()
        CP56Time2a(
            millisecondsSince1970: now, utcOffsetSeconds: offset,
            isSummerTime: isLocal && TimeZone.current.isDaylightSavingTime()
        ).encode(into: &buffer)
        return clock(ca: ca, Array(buffer.readableBytesView))
    }

    /// Does what sets the clock of the station, and sets it to the present behind that, whatever came of it.
    func settingClock(_ connection: ProbeConnection, _ steps: () async throws -> Void) async throws {
        do {
            try await steps()
        } catch {
            try? await setClockBack(connection)
            throw error
        }
        try await setClockBack(connection)
    }

    private func setClockBack(_ connection: ProbeConnection) async throws {
        var connection = connection
        if await connection.isClosed {
            connection = try await connectWhenFree()
            try await start(connection)
        }
        note("sets the clock to the present")
        let request = presentClock()
        try await connection.send(request)
        try await connection.expect(.anyAnswer(to: request))
    }

    /// C_TS_TA_1.
    package func testCommand(counter: UInt16 = 0x1234) -> RawRequest {
        RawRequest(
            107, ca: ca,
            [UInt8(counter & 0xFF), UInt8(counter >> 8), 0xE8, 0x03, 0x1E, 0x0C, 0x2F, 0x06, 0x1A])
    }

    /// C_RP_NA_1.
    package func reset(ca: Int? = nil, _ qualifier: UInt8) -> RawRequest {
        RawRequest(105, ca: ca ?? self.ca, [qualifier])
    }

    /// A declared command of one of these types, a direct one if there is one; nil if there is none. For requests that
    /// mustn't be carried out: those that may be take a command point for themselves.
    package func declaredCommand(_ types: TypeIdentification...) -> RawRequest? {
        let commands = profile.commands.filter { $0.isPlain && types.contains($0.type) }
        let command = commands.first { $0.operation == .direct } ?? commands.first
        return command?.exampleRequest
    }

    /// A declared single command, or a declared command of another type; nil if there is none.
    package var anyCommand: RawRequest? {
        declaredCommand(.C_SC_NA_1) ?? profile.commands.first(where: \.isPlain)?.exampleRequest
    }

    /// A declared single command.
    package func singleCommand() throws -> RawRequest {
        guard let command = declaredCommand(.C_SC_NA_1) else {
            throw CaseStop.skipped("the profile declares no single command that is carried out at once")
        }
        return command
    }

    /// A single command to a command point that no other case uses meanwhile; an interrogation where the profile declares
    /// no such point.
    package func commandOrInterrogation() async throws -> RawRequest {
        let isDeclared = profile.commands.contains {
            $0.type == .C_SC_NA_1 && $0.operation == .direct && $0.isPlain
        }
        return isDeclared ? try await command(.C_SC_NA_1, .direct).request(1) : interrogation()
    }
}
