import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// A value that is fed in, and the octets that have to come out.
struct ElementCheck: Sendable {
    let value: FeedUpdate.Value
    let quality: [String]
    let octets: [UInt8]
    let isTransient: Bool

    init(_ value: FeedUpdate.Value, _ octets: String, isTransient: Bool = false) {
        self.init(value, [], octets, isTransient: isTransient)
    }

    init(_ value: FeedUpdate.Value, _ quality: [String], _ octets: String, isTransient: Bool = false) {
        self.value = value
        self.quality = quality
        self.octets = octets.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        self.isTransient = isTransient
    }
}

/// Steps about monitored points.
extension CaseRun {
    /// Feeds values to a point and compares the octets that come spontaneously, then those of an interrogation.
    func checkElements(_ type: TypeIdentification, _ checks: [ElementCheck]) async throws {
        let point = try await point(type, exactly: true)
        let connection = try await start()
        for check in checks {
            try await feed(
                FeedUpdate(point, check.value, quality: check.quality, isTransient: check.isTransient))
            let frame = try await connection.expect(.point(point))
            try self.check(
                frame.type == type.rawValue && frame.cause == 3, "\(type) with cause 3", came: FrameText.of(frame))
            let element = frame.elements(of: point).first ?? []
            try self.check(
                element.starts(with: check.octets)
                    && element.count == check.octets.count + (type.hasTimeTag ? CP56Time2a.encodedSize : 0),
                FrameText.octets(check.octets) + (type.hasTimeTag ? " and a CP56Time2a" : ""),
                came: FrameText.octets(element))
        }
        guard !point.isCounter, let last = checks.last else { return }
        let answer = try await connection.interrogate(interrogation(ca: point.commonAddress))
        let element = answer.data(cause: 20).flatMap { $0.elements(of: point) }.last ?? []
        try check(
            element == last.octets, "\(FrameText.octets(last.octets)) in the interrogation",
            came: FrameText.octets(element))
    }

    /// The seven octets of the time tag of an event.
    ///
    /// - Parameter timestamp: the time of the source, milliseconds since 1970 UTC; none if nil.
    func timeTag(ofEventAt timestamp: Int64?) async throws -> [UInt8] {
        let point = try await point(.M_SP_TB_1, exactly: true)
        let connection = try await start()
        try await feed(FeedUpdate(point, .bool(true), timestamp: timestamp))
        let element = try await connection.elements(of: point, 1).first ?? []
        await connection.close()
        return Array(element.suffix(CP56Time2a.encodedSize))
    }

    /// The cause of an event whose source tells this cause.
    func cause(ofEventWith cause: Int) async throws -> Int {
        let point = try await point(.M_SP_TB_1)
        let connection = try await start()
        try await feed(FeedUpdate(point, .bool(true), cause: cause))
        let frame = try await connection.expect(.point(point))
        try check(
            frame.cause == 3 || frame.cause == UInt8(cause), "cause \(cause) or 3", came: FrameText.of(frame))
        return Int(frame.cause ?? 0)
    }

    /// Takes the data source away and waits until a point tells.
    func qualityWithoutSource(
        _ station: any OwnStation
    ) async throws -> (connection: ProbeConnection, point: ProfilePoint, quality: QualityDescriptor) {
        let point = try await point(.M_SP_TB_1)
        let connection = try await start()
        try await feed(FeedUpdate(point, .bool(true)))
        try await connection.expect(.point(point))
        try await station.setSource(isThere: false)
        // The station may wait before it believes it.
        let report = try await connection.reports(of: point, 1, within: .seconds(60)).first
        guard let information = report?.information else { throw CaseStop.inconclusive("no value came") }
        try check(
            information.value == .singlePoint(true)
                && !information.quality.isDisjoint(with: [.notTopical, .invalid]),
            "the last value with NT or IV", came: "\(information)")
        return (connection, point, information.quality)
    }

    /// A point with more changes than the station keeps for a connection that doesn't acknowledge.
    func overflowing() async throws -> (ProbeConnection, ProfilePoint) {
        let point = try await point(.M_ME_NB_1)
        let connection = try await start()
        _ = try await unacknowledged(k, connection)
        for part in stride(from: 0, to: 500, by: 50) {
            try await feed((part..<part + 50).map { FeedUpdate(point, .integer($0)) })
        }
        return (connection, point)
    }

    /// A connection whose window is full, and a point with twenty changes that wait for it.
    func withWaitingEvents(from address: String?) async throws -> (ProbeConnection, ProfilePoint) {
        let point = try await point(.M_ME_NB_1)
        let connection = try await start(from: address)
        _ = try await unacknowledged(k, connection)
        try await feed((0..<20).map { FeedUpdate(point, .integer($0)) })
        try await connection.expectNone(.point(point), for: .milliseconds(500))
        return (connection, point)
    }

    // MARK: Counters

    /// The answer must hold these counters once each.
    func checkCounters(_ answer: Interrogated, cause: UInt8, _ counters: [ProfilePoint]) throws {
        let reported = answer.points(cause: cause)
        let wrong = reported.filter { $0.type.withoutTimeTag != .M_IT_NA_1 }
        try check(wrong.isEmpty, "only integrated totals", came: "\(wrong.map(\.type))")
        let addresses = reported.map { Int($0.address.informationObjectAddress.rawValue) }.sorted()
        let expected = counters.map(\.objectAddress).sorted()
        try check(addresses == expected, "the counters \(expected), once each", came: "\(addresses)")
    }

    /// A started connection and a counter that stands at a value.
    func counting(to value: Int) async throws -> (ProbeConnection, ProfilePoint) {
        let counter = try await point(.M_IT_NA_1)
        let connection = try await start()
        try await count(counter, to: value, connection)
        return (connection, counter)
    }

    /// Lets a counter stand at a value.
    func count(_ counter: ProfilePoint, to value: Int, _ connection: ProbeConnection) async throws {
        try await feed(FeedUpdate(counter, .integer(value)))
        try await connection.expect(.point(counter))
    }

    /// What a counter interrogation says of a counter.
    func reading(of counter: ProfilePoint, _ connection: ProbeConnection) async throws -> Int {
        let answer = try await connection.interrogate(counterInterrogation(ca: counter.commonAddress))
        let values = answer.points(cause: 37).filter { $0.address == counter.address }
        guard case .integratedTotals(let reading) = values.last?.information?.value else {
            throw CaseStop.failed(expected: "the counter in the answer", came: FrameText.of(answer.frames))
        }
        return Int(reading.value)
    }
}

extension ProbeFrame {
    /// The octets of a point's elements, without addresses, in order.
    func elements(of point: ProfilePoint) -> [[UInt8]] {
        guard let type, let structure, let first = objectAddress,
            let size = ProcessInformation.elementSize(of: TypeIdentification(rawValue: type))
        else { return [] }
        let isSequence = structure & 0x80 != 0
        let objects = asdu.dropFirst(DataUnitIdentifier.encodedSize)
        guard commonAddress == point.commonAddress else { return [] }
        if isSequence {
            let index = point.objectAddress - first
            guard (0..<Int(structure & 0x7F)).contains(index) else { return [] }
            return [Array(objects.dropFirst(3 + index * size).prefix(size))]
        }
        return (0..<Int(structure & 0x7F)).compactMap { index in
            let object = Array(objects.dropFirst(index * (3 + size)).prefix(3 + size))
            guard object.count == 3 + size else { return nil }
            let address = Int(object[0]) | Int(object[1]) << 8 | Int(object[2]) << 16
            return address == point.objectAddress ? Array(object.dropFirst(3)) : nil
        }
    }
}

extension ProbeConnection {
    /// The octets of the next so many elements of a point.
    func elements(of point: ProfilePoint, _ count: Int) async throws -> [[UInt8]] {
        var elements: [[UInt8]] = []
        while elements.count < count { elements += try await expect(.point(point)).elements(of: point) }
        return elements
    }
}
