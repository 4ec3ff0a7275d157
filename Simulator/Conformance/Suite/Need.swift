import IEC104Model

/// What a case can't do without. Where it is missing, the case is skipped with the reason.
package enum Need: Hashable, Sendable {
    /// A profile that says k, w, t1, t2 and t3 of the station.
    case link
    /// A common address of the station, declared or found out.
    case commonAddress
    /// A way to change points: the store behind the station.
    case feed
    /// A point with this type, or with its twin with or without time tag.
    case point(TypeIdentification)
    /// A declared function.
    case function(StationFunction)
    /// A profile that doesn't declare the function.
    case noFunction(StationFunction)
    /// So many connections at once.
    case connections(Int)
    /// A second common address.
    case secondCommonAddress
    /// A declared command point with this type.
    case command(TypeIdentification)
    /// A bench that starts stations with other settings.
    case ownStation
    /// t3 < t1.
    case t3BelowT1
    /// A profile that allows a request that would do this to a station that isn't as it declares.
    case permission(String)
    /// A station without commands, declared.
    case noCommands
    /// A bench with a clock: command age and time tags are compared with the clock of this machine.
    case sameClock

    /// Why the case can't be run; nil if nothing is in the way.
    package func obstacle(_ target: TestTarget) -> String? {
        let profile = target.profile
        switch self {
        case .link:
            return profile.link == nil ? "the profile doesn't declare t1, t2, t3, k and w" : nil
        case .commonAddress:
            return profile.commonAddresses.isEmpty
                ? "no common address is known: the profile declares no points, and a broadcast interrogation found none"
                : nil
        case .feed where profile.isDiscovered:
            return "the profile declares no points that may be changed"
        case .feed:
            return target.feed == nil ? "there is no way to change points: no store (--redis)" : nil
        case .point(let type):
            return profile.hasPoint(type) ? nil : "the profile has no point of type \(type)"
        case .function(let function):
            return profile.supports(function) == true ? nil : "the profile doesn't declare \(function.rawValue)"
        case .noFunction(let function):
            switch profile.supports(function) {
            case nil: return "the profile doesn't say whether there is \(function.rawValue)"
            case true?: return "the station has \(function.rawValue)"
            case false?: return nil
            }
        case .connections(let count):
            guard let maximum = profile.connections else {
                return count == 1 ? nil : "the profile doesn't say how many connections there may be"
            }
            return maximum < count ? "the station takes only \(maximum) connections" : nil
        case .secondCommonAddress:
            return profile.commonAddresses.count < 2 ? "the station has only one common address" : nil
        case .command(let type):
            return profile.commands.contains { $0.type == type } ? nil : "the profile has no command of type \(type)"
        case .permission(let effect):
            return profile.allowsRobustness
                ? nil
                : "a station that isn't as it declares would \(effect), and the profile doesn't say robustness: true"
        case .noCommands:
            return profile.supports(.commands) == false ? nil : "the station has commands, or doesn't say"
        case .ownStation:
            return target.bench == nil ? "the bench can't start a station with other settings (--self can)" : nil
        case .t3BelowT1:
            guard let link = profile.link else { return "the profile doesn't declare t1 and t3" }
            return link.t3 < link.t1 ? nil : "t3 (\(link.t3) s) isn't below t1 (\(link.t1) s)"
        case .sameClock:
            return profile.supports(.sameClock) == true ? nil : "the profile doesn't declare sameClock"
        }
    }
}
