import IEC104Model
import NIOCore

/// When periodic (cause 1) and background (cause 2) transmissions are due.
struct CyclicSchedule {
    private struct Round {
        let cause: CauseOfTransmission
        let interval: Int
        let slots: ContiguousArray<Int32>
        var due: NIODeadline
    }

    private var rounds: [Round] = []

    /// The earliest due time; nil without cyclic points.
    var nextDeadline: NIODeadline? { rounds.lazy.map(\.due).min() }

    /// Replaces the schedule. Rounds that exist already keep their rhythm.
    mutating func replace(_ slots: [Sweep.Key: ContiguousArray<Int32>], now: NIODeadline) {
        let before = rounds
        rounds = slots.compactMap { key, slots in
            guard case .cyclic(let cause, let interval) = key else { return nil }
            let due = before.first { $0.cause == cause && $0.interval == interval }?.due
            return Round(
                cause: cause, interval: interval, slots: slots, due: due ?? now + .seconds(Int64(interval)))
        }
        rounds.sort { ($0.cause.rawValue, $0.interval) < ($1.cause.rawValue, $1.interval) }
    }

    /// The sweeps that are due, each of which comes again an interval later. A round that was missed isn't made up for.
    mutating func due(_ now: NIODeadline) -> [Sweep] {
        var sweeps: [Sweep] = []
        for index in rounds.indices where rounds[index].due <= now {
            let round = rounds[index]
            sweeps.append(
                Sweep(
                    key: .cyclic(round.cause, interval: round.interval), slots: round.slots,
                    packer: PointPacker(form: .withoutTimeTag, cause: round.cause)))
            let interval = TimeAmount.seconds(Int64(round.interval))
            rounds[index].due = max(round.due + interval, now)
        }
        return sweeps
    }
}
