import ArgumentParser

/// `check`
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate configuration and mapping without a store.",
        discussion: """
            Every fault is listed with file, line, column and JSON path. Exit code 0 if there is no error (warnings \
            don't count), 1 otherwise.
            """)

    @OptionGroup var files: DocumentFiles

    func run() throws {
        try files.requireOne()
        let reading = files.read(id: "{ID}")
        for line in reading.faults + reading.findings { print(line) }
        if reading.errors + reading.warnings > 0 { print(reading.summary) }
        if reading.errors > 0 { throw ExitCode(1) }
    }
}
