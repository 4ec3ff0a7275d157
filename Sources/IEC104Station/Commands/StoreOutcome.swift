/// What came of a command in the store.
package enum StoreOutcome: Hashable, Sendable {
    /// The store has it since this time, in milliseconds by its own clock.
    case taken(at: Int64)
    /// It will never take it.
    case refused(_ reason: String)
    /// Nobody knows: it has it since this time or later, or will take it before the command's deadline, or never.
    case unknown(notBefore: Int64, _ reason: String)
}
