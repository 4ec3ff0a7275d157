/// The process behind the station under test, as the bench plays it: it answers commands as the profile says of each.
package protocol CommandProcess: Sendable {
    /// How often it was told to carry out a command.
    func executions(of command: ProfileCommand) -> Int
}
