/// What the store of a bench does with commands.
enum CommandStore {
    /// It takes them at once.
    case takes
    /// It keeps the connector waiting.
    case waits
    /// There is no store.
    case isAway
}
