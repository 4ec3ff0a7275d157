import ArgumentParser
import ConnectorCore
import Foundation

/// `config-gen`
struct GenerateConfiguration: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config-gen",
        abstract: "Write a commented TOML file with every startup parameter.",
        discussion: "The file is for --config. Without --output it goes to standard output.")

    @Option(help: ArgumentHelp("File to write", valueName: "file"))
    var output: String?

    @Flag(help: "Replace a file that has content")
    var force = false

    func run() throws {
        let template = SettingsFile.template
        guard let output else { return print(template, terminator: "") }
        if !force, let text = try? String(contentsOfFile: output, encoding: .utf8), !text.isEmpty {
            throw Failure.runtime("\(output) exists and has content; --force replaces it")
        }
        do {
            try Data(template.utf8).write(to: URL(fileURLWithPath: output))
        } catch {
            throw Failure.runtime("\(output) can't be written: \(error.localizedDescription)")
        }
        print("wrote \(output)")
    }
}
