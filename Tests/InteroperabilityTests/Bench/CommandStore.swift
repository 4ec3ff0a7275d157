/// What the store of a bench does with commands.
enum CommandStore {
    /// It takes them at once.
    case takes
    /// It keeps the connector waiting.
    case waits
    /// It is busy with an earlier command: nothing has been sent to it yet.
    case isBusy
    /// There is no store.
    case isAway
}
