import IEC104Model

/// The optional fields of a point, and the types they have a meaning for.
enum PointOption: String {
    case groups, counterGroup, scale, offset, invert, deadband, periodic, background
    case selectBeforeOperate, confirmation, min, max

    var name: String { rawValue }

    /// What the option is for, in words.
    var purpose: String {
        switch self {
        case .groups: "monitored points other than counters"
        case .counterGroup: "counters, types 15 and 37"
        case .scale, .offset: "measured values and set-points"
        case .deadband: "measured values"
        case .invert: "single and double points and commands"
        case .periodic: "measured values, which alone may have cause 1"
        case .background: "monitored points other than counters"
        case .selectBeforeOperate, .confirmation: "commands"
        case .min, .max: "set-points"
        }
    }

    /// True if the option has a meaning for the type.
    func fits(_ type: TypeIdentification) -> Bool {
        let plain = type.withoutTimeTag.rawValue
        return switch self {
        case .groups, .background: !type.isCommand && plain != 15
        case .counterGroup: plain == 15
        case .scale, .offset: [9, 11, 13, 21, 48, 49, 50].contains(plain)
        case .deadband, .periodic: [9, 11, 13, 21].contains(plain)
        case .invert: [1, 3, 45, 46].contains(plain)
        case .selectBeforeOperate: type.isCommand && plain != 51
        case .confirmation: type.isCommand
        case .min, .max: [48, 49, 50].contains(plain)
        }
    }
}
