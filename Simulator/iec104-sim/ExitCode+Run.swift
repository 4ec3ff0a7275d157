import ArgumentParser
import Presentation

extension ExitCode {
    /// The target could not be reached, or the run could not be made.
    static let noRun = ExitCode(2)
    /// The user has ended the run, as shells say it of SIGINT.
    static let interrupted = ExitCode(130)

    /// Does a command's work. What goes wrong, but an exit code of its own, is told and ends the program with `noRun`.
    ///
    /// - Parameter subject: what it is about, `"seed 7"`.
    static func orNoRun(_ subject: String? = nil, _ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let code as ExitCode {
            throw code
        } catch {
            StandardOutput.note("iec104-sim: \(subject.map { "\($0): " } ?? "")\(error)")
            throw noRun
        }
    }

    /// The same for a command whose output ends when nobody reads it any more: whoever closes it has seen enough.
    static func orNoRunWhileRead(_ work: () async throws -> Void) async throws {
        try await orNoRun {
            do {
                try await work()
            } catch is StandardOutput.Closed {}
        }
    }
}
