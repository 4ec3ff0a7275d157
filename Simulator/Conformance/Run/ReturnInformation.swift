import ControllingStation
import IEC104Model

/// What the return information of a command says of it.
enum ReturnInformation {
    /// What was commanded.
    case reached
    /// Something that can't be compared with it.
    case incomparable
    /// Something in between: a switch that moves, a measured value that follows.
    case underWay
    /// The opposite.
    case wrong

    /// How far a measured value may be from the set-point, relative to that or to 1.
    private static let tolerance = 0.01

    /// Compares a report with a command.
    ///
    /// - Parameters:
    ///   - value: what was reported.
    ///   - type: the command without time tag, 45...51.
    ///   - element: its octets behind the object address.
    init(_ value: ProcessValue, of type: TypeIdentification, _ element: [UInt8]) {
        let octet = element.first ?? 0
        let bits = element.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let whole = Int16(
            bitPattern: UInt16(truncatingIfNeeded: element.prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }))
        switch (type, value) {
        case (.C_SC_NA_1, .singlePoint(let isOn)): self = isOn == (octet & 1 == 1) ? .reached : .wrong
        case (.C_SC_NA_1, .doublePoint(let state)): self.init(state, isOn: octet & 1 == 1)
        case (.C_DC_NA_1, .singlePoint(let isOn)): self = isOn == (octet & 3 == 2) ? .reached : .wrong
        case (.C_DC_NA_1, .doublePoint(let state)): self.init(state, isOn: octet & 3 == 2)
        case (.C_SE_NA_1, .normalized(let value)): self.init(Double(value.rawValue) / 32_768, Double(whole) / 32_768)
        case (.C_SE_NB_1, .scaled(let value)): self.init(Double(value), Double(whole))
        case (.C_SE_NC_1, .shortFloat(let value)): self.init(Double(value), Double(Float(bitPattern: bits)))
        case (.C_BO_NA_1, .bitstring(let value)): self = value == bits ? .reached : .underWay
        default: self = .incomparable
        }
    }

    private init(_ state: DoublePointState, isOn: Bool) {
        switch state {
        case .intermediate, .indeterminate: self = .underWay
        case .on: self = isOn ? .reached : .wrong
        case .off: self = isOn ? .wrong : .reached
        }
    }

    private init(_ value: Double, _ setPoint: Double) {
        self = abs(value - setPoint) <= Self.tolerance * max(1, abs(setPoint)) ? .reached : .underWay
    }
}

/// The point that a command moves, as it was before the command.
struct CommandOutput {
    /// Nil if none is declared.
    let point: ProfilePoint?
    /// Nil if the station doesn't say.
    let value: ProcessValue?

    /// True if the command changes nothing, so that there needn't be return information.
    func isReached(_ command: ProfileCommand, _ element: [UInt8]) -> Bool {
        value.map { ReturnInformation($0, of: command.type, element) == .reached } ?? (point == nil)
    }
}

extension CaseRun {
    /// What a command moves, and where that stands now. Asked before a select: what comes between it and the execute may
    /// undo it.
    func output(of command: ProfileCommand, on connection: ProbeConnection) async throws -> CommandOutput {
        guard let point = returned(by: command) else { return CommandOutput(point: nil, value: nil) }
        return CommandOutput(point: point, value: try await presentValue(of: point, on: connection))
    }

    /// The point that a command moves; nil if none is declared.
    func returned(by command: ProfileCommand) -> ProfilePoint? {
        command.returns.map { address in
            profile.points.first { $0.commonAddress == command.commonAddress && $0.objectAddress == address }
                ?? ProfilePoint(command.commonAddress, address, .M_SP_TB_1)
        }
    }

    /// What the station has for a point, asked by a read command, or by an interrogation where there is none; nil if it
    /// doesn't say.
    private func presentValue(of point: ProfilePoint, on connection: ProbeConnection) async throws -> ProcessValue? {
        guard supports(.read) else {
            try await connection.send(interrogation(ca: point.commonAddress))
            let end = FramePattern.termination(of: interrogation(ca: point.commonAddress))
            let frames = try await connection.answer(
                until: end.or(.negativeAnswer(to: interrogation(ca: point.commonAddress))))
            return frames.flatMap { $0.values(of: point) }.last
        }
        try await connection.send(read(point))
        let answer = FramePattern.point(point, cause: 5).or(.negativeAnswer(to: read(point)))
        return try await connection.expect(answer).values(of: point).last
    }

    /// Return information of a command is told with cause 11, or 3, and never says the opposite of what was commanded.
    ///
    /// - Returns: true if it says what was commanded.
    func checkReturn(_ frame: ProbeFrame, _ point: ProfilePoint, of command: ProfileCommand, _ element: [UInt8]) throws
        -> Bool
    {
        guard [3, 11].contains(frame.cause) else { return false }
        let readings = frame.values(of: point).map { ReturnInformation($0, of: command.type, element) }
        try check(
            !readings.contains(.wrong), "return information with the value that was commanded",
            came: FrameText.of(frame))
        return readings.last == .reached || readings.last == .incomparable
    }

    private func supports(_ function: StationFunction) -> Bool { profile.supports(function) == true }
}
