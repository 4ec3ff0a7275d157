import IEC104Model
import NIOCore

/// The commands of the station and those of them that wait for something.
struct CommandTable {
    private var machines: [PointAddress: CommandMachine] = [:]
    /// Commands that are selected or executed.
    private var active = DeadlineTable<PointAddress>()
    /// Begins the ids of this run, so that they differ from those of all others.
    private let run: String
    private var lastNumber: UInt64 = 0

    /// - Parameter run: no other run of the station has the same.
    init(run: String) {
        self.run = run
    }

    /// The earliest time something runs out.
    var nextDeadline: NIODeadline? { active.earliest }

    /// True while a command is being executed.
    var isExecuting: Bool { active.keys.contains { machines[$0]?.execution != nil } }

    /// Replaces the definitions. What is under way goes on to its end; selections hold where the definition stays the
    /// same.
    mutating func define(_ definitions: [CommandDefinition]) {
        var kept: [PointAddress: CommandMachine] = [:]
        kept.reserveCapacity(definitions.count)
        for definition in definitions {
            var machine = machines[definition.address] ?? CommandMachine(definition)
            machine.define(definition)
            kept[definition.address] = machine
        }
        for address in Array(active.keys) {
            if kept[address] == nil, var machine = machines[address] {
                machine.define(nil)
                if machine.isNeeded { kept[address] = machine }
            }
            active[address] = kept[address]?.deadline
        }
        machines = kept
    }

    /// What the station takes at an address; nil for no command.
    func definition(of address: PointAddress) -> CommandDefinition? {
        machines[address]?.definition
    }

    /// The name of the next execution.
    mutating func nextID() -> String {
        lastNumber += 1
        return "\(run)-\(lastNumber)"
    }

    /// Lets a machine take an input; nil if there is no such command.
    mutating func with<Result>(_ address: PointAddress, _ body: (inout CommandMachine) -> Result) -> Result? {
        guard let index = machines.index(forKey: address) else { return nil }
        let result = body(&machines.values[index])
        active[address] = machines.values[index].deadline
        if !machines.values[index].isNeeded { machines.remove(at: index) }
        return result
    }

    /// Ends the executions that can still be called back, where `body` gives a reason to.
    ///
    /// - Returns: the negative answers, each with its reason.
    mutating func callBack(
        where body: (CommandExecution, CommandDefinition?) -> CommandRecord.Refusal?
    ) -> [(CommandMachine.Progress, CommandRecord.Refusal)] {
        active.keys.sorted().compactMap { address in
            guard let machine = machines[address], let execution = machine.execution, execution.stage == .waiting,
                let reason = body(execution, machine.definition)
            else { return nil }
            return with(address) { ($0.abandon(), reason) }
        }
    }

    /// Ends all executions.
    ///
    /// - Returns: the negative answers.
    mutating func abandonExecutions() -> [CommandMachine.Progress] {
        active.keys.sorted().filter { machines[$0]?.execution != nil }.compactMap { with($0) { $0.abandon() } }
    }

    /// What has run out.
    mutating func deadlineReached(_ now: NIODeadline) -> [CommandMachine.Progress] {
        active.removeDue(now).compactMap { address in with(address) { $0.deadlineReached(now) } }
    }

    mutating func ownerLeft(_ owner: CommandMachine.Owner) {
        for address in Array(active.keys) { _ = with(address) { $0.ownerLeft(owner) } }
    }
}

extension CommandMachine {
    /// False for a command that is gone, once nothing of it is under way.
    fileprivate var isNeeded: Bool { definition != nil || deadline != nil }
}
