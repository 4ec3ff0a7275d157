import Foundation
import Synchronization

/// Ends our children and removes their folders should this process die, whatever of.
///
/// A shell of its own reads from a pipe which children there are. The kernel closes the pipe with this process, even
/// after SIGKILL, and then the shell cleans up.
enum ChildGuardian {
    private static let script = """
        trap '' INT TERM HUP
        list=
        while read -r sign pid folder; do
            case $sign in
            +) list="$list$pid $folder
        " ;;
            -) list=$(printf '%s' "$list" | grep -v "^$pid ")
               [ -z "$list" ] || list="$list
        " ;;
            esac
        done
        printf '%s' "$list" | while read -r pid folder; do
            kill -s KILL -- "-$pid" 2>/dev/null
            [ -z "$folder" ] || rm -rf -- "$folder"
        done
        """

    /// The writing end of the pipe; nil until the first child, or if the shell can't be had.
    private static let pipe = Mutex<Int32?>(nil)

    /// - Parameter folder: removed as well; has no line end in it.
    static func watch(_ pid: pid_t, folder: String?) {
        tell("+ \(pid) \(folder ?? "")\n")
    }

    static func forget(_ pid: pid_t) {
        tell("- \(pid)\n")
    }

    private static func tell(_ line: String) {
        pipe.withLock { pipe in
            if pipe == nil { pipe = start() }
            guard let pipe else { return }
            _ = line.withCString { write(pipe, $0, strlen($0)) }
        }
    }

    private static func start() -> Int32? {
        guard let ends = try? Spawn.pipe() else { return nil }
        let shell = try? Spawn.start(
            "/bin/sh", arguments: ["-c", script], environment: ProcessInfo.processInfo.environment,
            descriptors: Spawn.Descriptors(input: ends.reading))
        close(ends.reading)
        if shell == nil {
            close(ends.writing)
            return nil
        }
        return ends.writing
    }
}
