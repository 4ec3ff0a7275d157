import Synchronization

/// Gives each case points that no other case changes meanwhile.
final class PointLease: Sendable {
    private let taken = Mutex<Set<ProfilePoint>>([])
    private let takenCommands = Mutex<Set<ProfileCommand>>([])

    /// A free point; nil if all that are wanted are taken.
    func take(from points: [ProfilePoint], where isWanted: (ProfilePoint) -> Bool) -> ProfilePoint? {
        taken.withLock { taken in
            let point = points.first { isWanted($0) && !taken.contains($0) }
            if let point { taken.insert(point) }
            return point
        }
    }

    /// A free command point; nil if all that are wanted are taken.
    func take(from commands: [ProfileCommand], where isWanted: (ProfileCommand) -> Bool) -> ProfileCommand? {
        takenCommands.withLock { taken in
            let command = commands.first { isWanted($0) && !taken.contains($0) }
            if let command { taken.insert(command) }
            return command
        }
    }

    func giveBack(_ points: [ProfilePoint], _ commands: [ProfileCommand]) {
        taken.withLock { $0.subtract(points) }
        takenCommands.withLock { $0.subtract(commands) }
    }
}
