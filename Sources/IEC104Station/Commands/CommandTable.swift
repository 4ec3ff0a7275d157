import IEC104Model
import NIOCore

/// The commands of the station and those of them that wait for something.
struct CommandTable {
    private var machines: [PointAddress: CommandMachine] = [:]
    /// Commands that are selected or executed; few, so that looking for the earliest deadline is cheap.
    private var active: Set<PointAddress> = []
    private var lastNumber: UInt64 = 0

    /// The earliest time something runs out.
    var nextDeadline: NIODeadline? {
        active.lazy.compactMap { machines[$0]?.deadline }.min()
    }

    /// Replaces the definitions. What is under way goes on where the definition stays the same.
    ///
    /// - Returns: the executions that can't go on, to be answered negatively.
    mutating func define(_ definitions: [CommandDefinition]) -> [CommandMachine.Execution] {
        let before = machines
        machines = Dictionary(
            definitions.map { definition in
                let old = before[definition.address].flatMap { $0.definition == definition ? $0 : nil }
                return (definition.address, old ?? CommandMachine(definition))
            }, uniquingKeysWith: { $1 })
        let gone = active.filter { machines[$0]?.definition != before[$0]?.definition }
        active.subtract(gone)
        return gone.compactMap { before[$0]?.execution }
    }

    func definition(of address: PointAddress) -> CommandDefinition? {
        machines[address]?.definition
    }

    /// A number for the next execution.
    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    /// Lets a machine take an input; nil if there is no such command.
    mutating func with<Result>(_ address: PointAddress, _ body: (inout CommandMachine) -> Result) -> Result? {
        guard var machine = machines[address] else { return nil }
        let result = body(&machine)
        machines[address] = machine
        if machine.deadline == nil { active.remove(address) } else { active.insert(address) }
        return result
    }

    /// What has run out.
    mutating func deadlineReached(_ now: NIODeadline) -> [CommandMachine.Progress] {
        active.filter { machines[$0]?.deadline.map { $0 <= now } ?? false }.sorted().compactMap { address in
            with(address) { $0.deadlineReached(now) }
        }
    }

    mutating func ownerLeft(_ owner: CommandMachine.Owner) {
        for address in active { _ = with(address) { $0.ownerLeft(owner) } }
    }
}
