import IEC104Station
import Logging
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("State and health")
struct HealthTests {
    /// Every combination of what the state follows from.
    private static let documents: [(ConnectorConditions.Documents, isFatal: Bool, text: String)] = [
        (.unread, false, ""), (.valid, false, ""), (.unusable("d"), true, "no valid configuration: d"),
        (.previous("d"), false, "the previous configuration runs on: d"),
    ]
    private static let listeners: [(ConnectorConditions.Listener, ConnectorState, text: String)] = [
        (.notBound, .starting, ""), (.bound, .running, ""), (.failed("can't listen"), .error, "can't listen"),
    ]

    @Test("the state follows from store, documents and listener; stopped outweighs all")
    func state() {
        #expect(ConnectorConditions().state == .starting)
        for isStopped in [false, true] {
            for storeFault in [nil, "gone"] as [String?] {
                for (documents, isFatal, documentText) in Self.documents {
                    for (listener, listenerState, listenerText) in Self.listeners {
                        var conditions = ConnectorConditions()
                        conditions.isStopped = isStopped
                        conditions.storeFault = storeFault
                        conditions.documents = documents
                        conditions.listener = listener
                        let expected: ConnectorState =
                            isStopped ? .stopped : storeFault != nil || isFatal ? .error : listenerState
                        #expect(conditions.state == expected, "\(conditions)")
                        let parts = [storeFault.map { "store: \($0)" } ?? "", documentText, listenerText]
                        #expect(
                            conditions.message
                                == (isStopped ? "" : parts.filter { !$0.isEmpty }.joined(separator: "; ")))
                    }
                }
            }
        }
    }

    @Test("a store that can be read but not written is told, and the station runs on; the same refusal is news once")
    func unwritable() {
        let health = ConnectorHealth(logger: Logger(label: "test"))
        health.note { $0.listener = .bound }
        #expect(health.note(\.writeFault, "OOM") && !health.note(\.writeFault, "OOM"))
        #expect(health.report.message == "the store can't be written: OOM")
        #expect(health.report.state == .running)
        #expect(health.note(\.writeFault, nil) && !health.note(\.writeFault, nil))
        #expect(health.report.message.isEmpty)
    }

    @Test("states are the words of the specification")
    func words() {
        #expect(ConnectorState.allCases.map(\.rawValue) == ["Starting", "Running", "Error", "Stopped"])
    }

    @Test("the moment of a state changes with the state only")
    func since() async throws {
        let health = ConnectorHealth(logger: Logger(label: "health") { _ in SwiftLogNoOpLogHandler() })
        let started = health.report.since
        health.note { $0.documents = .valid }
        #expect(health.report.state == .starting && health.report.since == started)
        try await Task.sleep(for: .milliseconds(5))
        health.note { $0.listener = .bound }
        let running = health.report
        #expect(running.state == .running && running.since > started)
        health.note { $0.documents = .previous("d") }
        #expect(health.report.since == running.since && !health.report.message.isEmpty)
        health.received(entries: 3)
        health.received(entries: 4)
        health.storeReconnected()
        #expect(health.report.entries == 7 && health.report.reconnects == 1)
    }

    @Test("every change wakes up whoever shows health, several changes once")
    func changes() async {
        let health = ConnectorHealth(logger: Logger(label: "health") { _ in SwiftLogNoOpLogHandler() })
        var changes = health.changes.makeAsyncIterator()
        health.note { $0.listener = .bound }
        health.changed()
        health.serves(ConnectorConfiguration.Network())
        #expect(await changes.next() != nil)
        health.changed()
        #expect(await changes.next() != nil)
    }

    @Test("the hash has the fields of the specification, counters, and the connected clients")
    func fields() throws {
        var report = ConnectorHealth.Report()
        (report.state, report.since, report.entries, report.reconnects) = (.running, moment, 7, 1)
        report.network.host = "10.0.0.7"
        report.network.port = 2410
        var station = StationSnapshot()
        station.clients = [
            StationSnapshot.Client(
                number: 1, address: "10.0.0.9:50000", isStarted: true, unacknowledged: 2, behind: 3, connectedFor: 1000)
        ]
        (station.points, station.refused, station.accepted) = (120, 4, 5)
        station.counters.events = 6
        let reports = ReportCounts(byCode: [.invalidPoint: 8], suppressed: 9, dropped: 10)
        let fields = HealthFields(report, station, reports, now: moment + 1000).fields
        let found = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
        let expected = [
            "state": "Running", "version": ConnectorVersion.current, "message": "", "since": "2026-01-15T10:30:00.123Z",
            "updated": "2026-01-15T10:30:01.123Z", "host": "10.0.0.7", "port": "2410", "clients": "1", "points": "120",
            "entries": "7", "events": "6", "invalid": "8", "refused": "4", "accepted": "5", "reconnects": "1",
            "suppressed": "9", "dropped": "10",
            "connections":
                #"[{"address":"10.0.0.9:50000","started":true,"unacknowledged":2,"behind":3,"#
                + #""since":"2026-01-15T10:30:00.123Z"}]"#,
        ]
        for (name, value) in expected { #expect(found[name] == value, "\(name)") }
        #expect(fields.map(\.name) == HealthFields.names)
    }
}
