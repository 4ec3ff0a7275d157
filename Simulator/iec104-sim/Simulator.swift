import ArgumentParser
import StationMonitor

/// The command line of the controlling station.
@main
struct Simulator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iec104-sim",
        abstract: "A controlling station (master) for any IEC 60870-5-104 server.",
        discussion: """
            EXAMPLES
              iec104-sim demo                         the whole chain in one command
              iec104-sim monitor 192.0.2.10           what a station has, live
              iec104-sim monitor 192.0.2.10 --json    the same for programs
              iec104-sim send 192.0.2.10 --type 45 --ca 1 --ioa 5 --value on
              iec104-sim test 192.0.2.10              does it keep to the standard?
              iec104-sim run scenario.yaml 192.0.2.10
              iec104-sim shell 192.0.2.10             line by line
              iec104-sim load 192.0.2.10 --connections 10 --duration 30

            EXIT CODES
              0   all is well
              1   a check failed, a command was refused
              2   the target could not be reached, or the run could not be made
              64  the command line is wrong
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, MonitorCommand.self, SendCommand.self, InteractiveCommand.self, RunCommand.self,
            TestCommand.self,
            LoadCommand.self, SoakCommand.self,
        ])
}
