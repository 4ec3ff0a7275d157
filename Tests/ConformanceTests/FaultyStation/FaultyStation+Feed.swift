import Conformance
import ControllingStation
import IEC104Model

extension FaultyStation: ProcessFeed {
    func write(_ updates: [FeedUpdate]) async throws {
        for update in updates { write(update) }
    }

    private func write(_ update: FeedUpdate) {
        guard
            let point = Self.points.first(where: {
                $0.commonAddress == update.commonAddress && $0.objectAddress == update.objectAddress
            })
        else { return }
        let value: Int =
            switch update.value {
            case .bool(let isOn): isOn ? 1 : 0
            case .integer(let integer): integer
            case .number(let number): Int(number)
            }
        let quality = update.quality.compactMap { QualityDescriptor(abbreviation: $0) }.reduce(UInt8(0)) {
            $0 | $1.rawValue
        }
        let clamped = max(-32_768, min(32_767, value))
        let overflow = clamped == value ? 0 : Int(QualityDescriptor.overflow.rawValue)
        let packed =
            switch point.type {
            case .M_SP_TB_1: value | Int(quality)
            case .M_IT_NA_1: value & 0xFFFF_FFFF | Int(quality) << 32
            default: clamped & 0xFFFF | (Int(quality) | overflow) << 16
            }
        state.withLockedValue { $0.values[point.address] = packed }
        if defect == .losesEvents, value % 5 == 1 { return }
        let originator: UInt8 = defect == .reportsEventsWithOriginator ? 7 : 0
        send(report(point, cause: UInt8(update.cause ?? 3), originator: originator, time: update.timestamp), to: nil)
    }
}
