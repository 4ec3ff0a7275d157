import Conformance
import ControllingStation
import IEC104Model
import NIOCore

/// What the station does with requests.
extension FaultyStation {
    private static let broadcast = 65_535

    func received(_ asdu: [UInt8], from connection: Int) {
        guard let request = FaultyRequest(asdu) else { return }
        if manner == .looksAtLengthFirst, [2, 4].contains(request.type), asdu.count != 13 {
            return state.withLockedValue { $0.links[connection] }?.value.close() ?? ()
        }
        let known =
            request.commonAddress == Self.broadcast
            ? [100, 101, 103].contains(request.type) : (1...2).contains(request.commonAddress)
        guard let rule = Self.rules[request.type] else { return refuse(request, 44, connection) }
        guard rule.causes.contains(request.cause) else { return refuse(request, 45, connection) }
        guard known else { return refuse(request, 46, connection) }
        let isOne =
            request.structure == 1 || (defect == .ignoresObjectCount && request.structure == 5)
            || (defect == .executesSeveralObjects && request.structure == 2)
        let fits =
            asdu.count == rule.size || (defect == .executesSeveralObjects && request.structure == 2)
            || (defect == .executesShortRequests && asdu.count < rule.size)
        guard fits, isOne else { return }
        switch request.type {
        case 45, 46, 50, 58, 59, 63: command(request, connection)
        case 101 where request.objectAddress == 0: interrogateCounters(request, connection)
        case 102: read(request, connection)
        case 103 where request.objectAddress == 0 || defect == .setsClockByAnyAddress: setClock(request, connection)
        case 107 where request.objectAddress == 0: send(request.answer(7, defect), to: connection)
        case 100 where request.objectAddress == 0: interrogate(request, connection)
        default: refuse(request, 47, connection)
        }
    }

    /// The causes and the length of requests.
    private static let rules: [UInt8: (causes: Set<UInt8>, size: Int)] = [
        45: ([6, 8], 10), 46: ([6, 8], 10), 50: ([6, 8], 14), 58: ([6, 8], 17), 59: ([6, 8], 17), 63: ([6, 8], 21),
        100: ([6], 10), 101: ([6], 10), 102: ([5], 9), 103: ([6], 16), 107: ([6], 18),
    ]

    func refuse(_ request: FaultyRequest, _ cause: UInt8, _ connection: Int) {
        let negative: UInt8 = defect == .refusesWithoutNegativeBit && cause >= 44 ? 0 : 0x40
        send(request.answer(cause | negative, defect), to: connection)
    }

    // MARK: Interrogation and read

    private func interrogate(_ request: FaultyRequest, _ connection: Int) {
        let qualifier = request.octets.last ?? 0
        guard (20...36).contains(qualifier) else { return refuse(request, 7, connection) }
        let addresses = request.commonAddress == Self.broadcast ? [1, 2] : [request.commonAddress]
        for address in addresses {
            let own = request.addressed(to: address)
            answer(connection, isAnswer: false) { [defect] in own.answer(7, defect) }
            var points = Self.points.filter { point in
                point.commonAddress == address && (!point.isCounter || defect == .interrogatesCounters)
                    && (qualifier == 20 || point.groups.contains(Int(qualifier) - 20))
            }
            if defect == .leavesOutAPoint { points.removeAll { $0.objectAddress == 1002 } }
            if defect == .reportsAPointTwice { points += points.filter { $0.objectAddress == 1002 } }
            for point in points { answer(connection) { [self] in interrogated(point, request) } }
            if defect != .doesNotTerminate { answer(connection) { [defect] in own.answer(10, defect) } }
        }
    }

    private func interrogated(_ point: ProfilePoint, _ request: FaultyRequest) -> [UInt8] {
        let cause = defect == .interrogatesWithCause3 ? 3 : request.octets.last ?? 20
        var asdu = report(
            point, cause: cause | (request.isTest ? 0x80 : 0),
            originator: defect == .doesNotMirrorOriginator ? 0 : request.originator,
            withTime: defect == .interrogatesWithTimeTags)
        if defect == .reportsWithBroadcastAddress, request.commonAddress == Self.broadcast {
            (asdu[4], asdu[5]) = (0xFF, 0xFF)
        }
        return asdu
    }

    private func read(_ request: FaultyRequest, _ connection: Int) {
        guard
            let point = (Self.points + Self.returns).first(where: {
                $0.commonAddress == request.commonAddress && $0.objectAddress == request.objectAddress
            })
        else { return refuse(request, 47, connection) }
        if defect == .confirmsRead { send(request.answer(7, defect), to: connection) }
        let originator = defect == .doesNotMirrorOriginator ? 0 : request.originator
        send(report(point, cause: 5, originator: originator), to: connection)
    }

    /// An ASDU with the present value of a point.
    func report(
        _ point: ProfilePoint, cause: UInt8, originator: UInt8, time: Int64? = nil, withTime: Bool = true
    ) -> [UInt8] {
        let value = state.withLockedValue { $0.values[point.address] ?? 0 }
        let isSingle = point.type == .M_SP_TB_1
        let size = point.isCounter ? 5 : 3
        let type = withTime ? point.type : point.type.withoutTimeTag
        var asdu: [UInt8] = [
            type.rawValue, 1, cause, originator, UInt8(point.commonAddress), 0,
            UInt8(point.objectAddress & 0xFF), UInt8(point.objectAddress >> 8), 0,
        ]
        asdu += isSingle ? [UInt8(value & 0xF1)] : (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        if isSingle, withTime {
            var buffer = ByteBuffer()
            CP56Time2a(millisecondsSince1970: time ?? WallClock.milliseconds()).encode(into: &buffer)
            asdu += buffer.readableBytesView
        }
        return asdu
    }

    // MARK: Commands

    /// The addresses of commands, by type without time tag.
    private static let commands: [UInt8: [ClosedRange<Int>]] = [
        45: [2001...2030, 2101...2130], 46: [2201...2205], 50: [2501...2505],
    ]

    private func command(_ request: FaultyRequest, _ connection: Int) {
        let address = request.objectAddress
        let type = request.type >= 58 ? request.type - 13 : request.type
        guard request.commonAddress == 1, Self.commands[type]?.contains(where: { $0.contains(address) }) == true else {
            return refuse(request, 47, connection)
        }
        let octet = request.qualifier
        let isSelect = type != 50 && octet & 0x80 != 0
        if request.cause == 8 { return cancel(request, connection) }
        if type == 46, defect != .takesForbiddenStates, [0, 3].contains(octet & 3) {
            return refuse(request, 7, connection)
        }
        if request.type >= 58, isOutdated(request), defect != .takesOldCommands {
            return refuse(request, 7, connection)
        }
        guard (2101...2130).contains(address) else {
            return isSelect ? refuse(request, 7, connection) : execute(request, connection)
        }
        let selection = state.withLockedValue { state in
            state.selections[address].flatMap { NIODeadline.now() - $0.time < Self.selectTime ? $0 : nil }
        }
        if isSelect {
            if let selection, selection.connection != connection, defect != .selectsForEverybody {
                return refuse(request, 7, connection)
            }
            state.withLockedValue { state in
                state.selections[address] = Selection(connection: connection, octet: octet & 0x7F, time: .now())
            }
            send(request.answer(7, defect), to: connection)
            if defect == .executesAtSelect { putOut(request) }
            return
        }
        let isOwn = selection?.connection == connection || defect == .selectsForEverybody
        let fits = selection?.octet == octet || defect == .doesNotCompareValues
        if defect != .executesWithoutSelect {
            guard selection != nil, isOwn, fits else {
                if isOwn { state.withLockedValue { $0.selections[address] = nil } }
                return refuse(request, 7, connection)
            }
        }
        state.withLockedValue { $0.selections[address] = nil }
        execute(request, connection)
    }

    private func cancel(_ request: FaultyRequest, _ connection: Int) {
        let selected = state.withLockedValue { state -> Bool in
            guard state.selections[request.objectAddress]?.connection == connection else { return false }
            state.selections[request.objectAddress] = nil
            return true
        }
        selected ? send(request.answer(9, defect), to: connection) : refuse(request, 9, connection)
    }

    private func execute(_ request: FaultyRequest, _ connection: Int) {
        for _ in 0..<(defect == .answersCommandsTwice ? 2 : 1) { send(request.answer(7, defect), to: connection) }
        guard !request.isTest || defect == .executesTestCommands else { return }
        guard ![50, 63].contains(request.type) else { return }
        putOut(request)
        if defect != .doesNotTerminateCommands { send(request.answer(10, defect), to: connection) }
    }

    /// Carries a command out, and tells everybody.
    private func putOut(_ request: FaultyRequest) {
        let point = ProfilePoint(request.commonAddress, request.objectAddress + 1000, .M_SP_TB_1)
        let isDouble = [46, 59].contains(request.type)
        let value = isDouble ? (request.qualifier & 3 == 2 ? 1 : 0) : Int(request.qualifier & 1)
        state.withLockedValue { $0.values[point.address] = defect == .returnsWrongValue ? 1 - value : value }
        send(report(point, cause: 11, originator: 0), to: nil)
    }
}

/// A request as it came.
struct FaultyRequest {
    let octets: [UInt8]

    init?(_ octets: [UInt8]) {
        guard octets.count >= 9 else { return nil }
        self.octets = octets
    }

    var type: UInt8 { octets[0] }
    var structure: UInt8 { octets[1] }
    var cause: UInt8 { octets[2] & 0x3F }
    var isTest: Bool { octets[2] & 0x80 != 0 }
    var originator: UInt8 { octets[3] }
    var commonAddress: Int { Int(octets[4]) | Int(octets[5]) << 8 }
    var objectAddress: Int { Int(octets[6]) | Int(octets[7]) << 8 | Int(octets[8]) << 16 }

    func addressed(to commonAddress: Int) -> FaultyRequest {
        var octets = octets
        (octets[4], octets[5]) = (UInt8(commonAddress & 0xFF), UInt8(commonAddress >> 8))
        return FaultyRequest(octets) ?? self
    }

    /// The first octet behind the object address.
    var qualifier: UInt8 { octets.dropFirst(9).first ?? 0 }

    /// The request with another cause, which may hold P/N.
    func answer(_ cause: UInt8, _ defect: Defect?) -> [UInt8] {
        var octets = octets
        octets[2] = cause | (octets[2] & 0x80)
        if defect == .doesNotMirrorOriginator { octets[3] = 0 }
        if defect == .garblesTestCommands, type == 107, octets.count > 9 { octets[9] ^= 0xFF }
        if defect == .dropsTimeTags, type >= 58, type <= 64 {
            octets.replaceSubrange((octets.count - 7)..., with: Array(repeating: 0, count: 7))
        }
        return octets
    }
}
