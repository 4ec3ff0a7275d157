import ArgumentParser
import Foundation

/// Ends the program with a message on standard error and one of the documented exit codes.
enum Failure {
    /// Exit code 1: it could not be done.
    static func runtime(_ message: String) -> ExitCode {
        say(message)
        return ExitCode(1)
    }

    /// Exit code 64: it was asked for in a wrong way.
    static func usage(_ message: String) -> ExitCode {
        say("\(message)\nSee 'iec104-connector --help'.")
        return ExitCode(64)
    }

    private static func say(_ message: String) {
        FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    }
}
