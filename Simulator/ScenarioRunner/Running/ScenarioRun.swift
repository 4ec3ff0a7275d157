import ControllingStation
import IEC104Link
import NIOCore
import StationMonitor

/// Runs a scenario against a controlled station, step by step, and tells each step's outcome as it happens.
package actor ScenarioRun {
    /// The station and how it is reached.
    package struct Options: Sendable {
        package var target: HostAndPort
        /// k, w and timers of this end, where `connect` says nothing else.
        package var parameters = LinkParameters()
        /// Where `inject` writes; nil for scenarios without.
        package var store: ScenarioStore?

        package init(target: HostAndPort) {
            self.target = target
        }
    }

    let options: Options
    let start = NIODeadline.now()
    private let report: @Sendable (String) async -> Void
    private var connections: [String: ScenarioConnection] = [:]

    /// - Parameter report: told each line of the output, without its end.
    package init(_ options: Options, report: @escaping @Sendable (String) async -> Void) {
        self.options = options
        self.report = report
    }

    /// Runs the steps until one fails, and ends all connections.
    ///
    /// - Throws: `ConnectFault`, `StoreError`, `FrameInbox.Overrun`: the scenario couldn't be run to its end.
    package func run(_ scenario: Scenario) async throws -> ScenarioOutcome {
        await report(scenario.name)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            do {
                for step in scenario.steps {
                    if case .connect(let options) = step.action {
                        let connection = try await connect(step, options)
                        group.addTask { await connection.watch() }
                    } else if let failure = try await attempt(step) {
                        await tell(failure, of: step)
                        await closeAll()
                        return .failed(line: step.line)
                    }
                    await tell("ok", step)
                }
                await closeAll()
                await report("passed: \(scenario.steps.count) steps in \(elapsed) s")
                return .passed
            } catch {
                await closeAll()
                throw error
            }
        }
    }

    private func connect(_ step: ScenarioStep, _ options: ConnectOptions) async throws -> ScenarioConnection {
        await connections[step.connection]?.link.close()
        let connection = try await ScenarioConnection.make(
            options.target ?? self.options.target, from: options.localAddress,
            options.parameters(self.options.parameters))
        connections[step.connection] = connection
        return connection
    }

    /// Nil if the step comes out as it should.
    private func attempt(_ step: ScenarioStep) async throws -> StepFailure? {
        do {
            if let connection = connections[step.connection] {
                try await perform(step.action, on: connection)
            } else {
                try await performWithoutConnection(step.action)
            }
            return nil
        } catch let failure as StepFailure {
            return failure
        } catch let fault as ConnectionFault {
            return StepFailure(expected: step.title, came: "\(fault)")
        }
    }

    private func closeAll() async {
        for connection in connections.values { await connection.link.close() }
    }

    // MARK: Telling

    private var elapsed: String {
        String(ScenarioClock.text(.now() - start).drop { $0 == " " })
    }

    private func tell(_ word: String, _ step: ScenarioStep) async {
        let place = "line \(step.line)" + (step.round.map { ", round \($0)" } ?? "")
        let on = step.connection == StepReader.mainConnection ? "" : " [\(step.connection)]"
        await report("\(ScenarioClock.text(.now() - start)) s  \(word)  \(place): \(step.title)\(on)")
    }

    private func tell(_ failure: StepFailure, of step: ScenarioStep) async {
        await tell("FAILED", step)
        await report("    expected: \(failure.expected)")
        for (index, line) in failure.came.enumerated() {
            await report((index == 0 ? "    came:     " : "              ") + line)
        }
        await report("failed: line \(step.line) after \(elapsed) s")
    }
}
