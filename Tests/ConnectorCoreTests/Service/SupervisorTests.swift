import DataStore
import IEC104Model
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import ConnectorCore

@Suite("Following the documents of the store")
struct SupervisorTests {
    private let reports: ReportSink
    private let health: ConnectorHealth
    private let supervisor: StationSupervisor
    private let host: StationHost

    init() async throws {
        let logger = Logger(label: "supervisor") { _ in SwiftLogNoOpLogHandler() }
        let (reports, health) = (ReportSink(logger: logger), ConnectorHealth(logger: logger))
        let (clock, eventLoop) = (StationClockBox(), MultiThreadedEventLoopGroup.singleton.next())
        let host = try await StationHost(
            eventLoop: eventLoop, clock: clock, reports: reports, logger: logger, onChange: {})
        (self.reports, self.health, self.host) = (reports, health, host)
        supervisor = StationSupervisor(
            keys: StoreKeys(id: "a"), host: host,
            listener: ListenerService(
                host: host, health: health, reports: reports, eventLoop: eventLoop, logger: logger),
            health: health, reports: reports, clock: clock, streams: ConnectorStreams(id: "a"),
            grace: .seconds(30), logger: logger)
    }

    private let configuration = document(#"{"streams":{"input":"in"}}"#)
    private let mapping = document(#"{"points":[{"casdu":1,"ioa":2,"type":13},{"casdu":1,"ioa":3,"type":45}]}"#)

    private func connect(isTracking: Bool = true) async {
        await supervisor.storeChanged(.connected(location: "here", isTracking: isTracking))
    }

    @Test("what is followed is the input stream of the configuration and the monitored points of the mapping")
    func plan() async {
        await connect()
        let plan = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        #expect(
            plan
                == FollowPlan(
                    inputStream: "in", points: .only([PointKey(commonAddress: 1, objectAddress: 2)]), reload: []))
    }

    @Test("without documents the defaults and the whole image are followed, which is no fault")
    func absent() async {
        await connect()
        let plan = await supervisor.documentsChanged(configuration: nil, mapping: nil)
        #expect(plan == FollowPlan(inputStream: "process:updates", points: .all))
        #expect(reports.counts.byCode.isEmpty)
    }

    @Test("with nothing valid there is nothing to follow, and health says Error and why")
    func invalid() async {
        await connect()
        #expect(await supervisor.documentsChanged(configuration: document("{"), mapping: mapping) == nil)
        #expect(health.report.state == .error)
        #expect(health.report.message.contains("no valid configuration: config 1:2: error: not JSON"))
        #expect(await supervisor.documentsChanged(configuration: configuration, mapping: mapping) != nil)
        #expect(health.report.state == .starting)
        #expect(reports.counts.byCode == [.invalidConfig: 1])
    }

    @Test("an invalid document is reported with every fault, and the previous one is followed on")
    func previous() async {
        await connect()
        let plan = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        let faulty = document(#"{"points":[{"casdu":-1,"ioa":-1,"type":0}]}"#)
        for _ in 0..<2 {
            #expect(await supervisor.documentsChanged(configuration: configuration, mapping: faulty) == plan)
        }
        #expect(reports.counts.byCode == [.invalidMapping: 3])
        #expect(health.report.message.contains("the previous configuration runs on: mapping 1:"))
    }

    @Test("a store that comes back without documents doesn't take the previous ones away", arguments: [true, false])
    func lostMemory(isTracking: Bool) async {
        await connect(isTracking: isTracking)
        let plan = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        for _ in 0..<2 {
            await supervisor.storeChanged(.lost(.unavailable))
            await connect(isTracking: isTracking)
            for _ in 0..<3 { #expect(await supervisor.documentsChanged(configuration: nil, mapping: nil) == plan) }
        }
        #expect(reports.counts.byCode[.documentsMissing] == 1)
        let next = await supervisor.documentsChanged(configuration: document("{}"), mapping: mapping)
        #expect(next?.inputStream == "process:updates")
    }

    @Test("a store that is emptied while it is looked at has lost its memory")
    func flushed() async {
        await connect()
        let plan = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        await supervisor.storeFlushed()
        #expect(await supervisor.documentsChanged(configuration: nil, mapping: nil) == plan)
        #expect(reports.counts.byCode == [.documentsMissing: 1])
        #expect(health.report.message.contains("has lost config and mapping"))
        let next = await supervisor.documentsChanged(configuration: document("{}"), mapping: mapping)
        #expect(next?.inputStream == "process:updates")
    }

    @Test("a document that is back at the first look doesn't take the other one away")
    func halfLost() async {
        await connect()
        let plan = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        await supervisor.storeChanged(.lost(.unavailable))
        await connect()
        #expect(await supervisor.documentsChanged(configuration: configuration, mapping: nil) == plan)
        #expect(health.report.message.contains("has lost mapping: "))
        #expect(reports.counts.byCode[.documentsMissing] == 1)
    }

    @Test("where the store is polled, documents deleted one after the other are meant to be gone")
    func polledDeletion() async {
        await connect(isTracking: false)
        _ = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        let first = await supervisor.documentsChanged(configuration: configuration, mapping: nil)
        #expect(first == FollowPlan(inputStream: "in", points: .all))
        let second = await supervisor.documentsChanged(configuration: nil, mapping: nil)
        #expect(second == FollowPlan(inputStream: "process:updates", points: .all))
        #expect(reports.counts.byCode.isEmpty)
    }

    @Test("a store that is polled, and has lost both documents at once, has lost its memory")
    func polled() async {
        await connect(isTracking: false)
        let plan = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        #expect(await supervisor.documentsChanged(configuration: nil, mapping: nil) == plan)
        #expect(reports.counts.byCode == [.documentsMissing: 1])
    }

    @Test(
        "documents that were lost come back one by one; one that isn't back yet runs on, and one that is can be deleted"
    )
    func oneByOne() async {
        await connect()
        let plan = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        await supervisor.storeFlushed()
        _ = await supervisor.documentsChanged(configuration: nil, mapping: nil)
        #expect(await supervisor.documentsChanged(configuration: nil, mapping: mapping) == plan)
        #expect(health.report.message.contains("has lost config: "))
        #expect(await supervisor.documentsChanged(configuration: configuration, mapping: mapping) == plan)
        #expect(health.report.message == "")

        await supervisor.storeFlushed()
        _ = await supervisor.documentsChanged(configuration: nil, mapping: nil)
        #expect(await supervisor.documentsChanged(configuration: configuration, mapping: nil) == plan)
        #expect(health.report.message.contains("has lost mapping: "))
        let next = await supervisor.documentsChanged(configuration: nil, mapping: nil)
        #expect(next?.inputStream == "process:updates" && next?.points == plan?.points)
        #expect(reports.counts.byCode == [.documentsMissing: 2])
    }

    @Test("documents that are deleted while the store is there are meant to be gone")
    func deleted() async {
        await connect()
        _ = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        let plan = await supervisor.documentsChanged(configuration: nil, mapping: nil)
        #expect(plan == FollowPlan(inputStream: "process:updates", points: .all))
        #expect(reports.counts.byCode[.documentsMissing] == nil)
    }

    @Test("points and entries that can't be used are reported with key, fault and text, and nothing else happens")
    func unusable() async {
        await connect()
        _ = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        await supervisor.image([
            ImageRead(
                key: PointKey(commonAddress: 1, objectAddress: 2),
                content: .json(document(#"{"value":"\#(String(repeating: "x", count: 1000))"}"#)))
        ])
        let field = StreamEntry.Field(name: "data", value: document(#"{"casdu":1,"ioa":3,"value":1,"cot":7}"#))
        let entry = StreamEntry(id: StreamID(milliseconds: 7, sequence: 1), fields: [field])
        let taken = await supervisor.entries([entry], of: "process:updates", areDocumentsCertain: false)
        #expect(taken == 1)
        var found: [Report] = []
        for await report in reports.reports {
            found.append(report)
            if found.count == 2 { break }
        }
        #expect(found.map(\.code) == [.invalidPoint, .unexpectedConfirmation])
        #expect(found.map(\.source) == ["process:image:casdu:1:ioa:2", "entry 7-1"])
        #expect(found[0].message.hasPrefix("value: a number is expected for M_ME_NC_1 (13), not \"xxx"))
        #expect(found[0].detail.hasPrefix(#"{"value":"xxx"#) && found[0].detail.count == 203)
        #expect(found[1].detail == "point 1:3, cause 7")
        #expect(health.report.entries == 1)
    }

    /// Entries about the objects of common address 1, with the value 1.
    private func entries(_ objects: Int...) -> [StreamEntry] {
        objects.enumerated().map { index, object in
            StreamEntry(
                id: StreamID(milliseconds: 1, sequence: UInt64(index)),
                fields: [.init(name: "data", value: document(#"{"casdu":1,"ioa":\#(object),"value":1}"#))])
        }
    }

    @Test("an entry of a point that isn't mapped, and what follows it, is taken only if no other documents came before")
    func entriesInQuestion() async {
        await connect()
        _ = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        let taken = await supervisor.entries(entries(2, 4, 2), of: "s", areDocumentsCertain: false)
        #expect(taken == 1)
        var counters = await host.snapshot().counters
        #expect(counters.events == 1 && counters.unmapped == 0 && health.report.entries == 1)
        let others = await supervisor.entries(entries(4, 2), of: "s", areDocumentsCertain: true)
        #expect(others == 2)
        counters = await host.snapshot().counters
        #expect(counters.events == 2 && counters.unmapped == 1 && health.report.entries == 3)

        _ = await supervisor.documentsChanged(
            configuration: configuration, mapping: document(#"{"points":[{"casdu":1,"ioa":4,"type":13}]}"#))
        let mapped = await supervisor.entries(entries(4, 4), of: "s", areDocumentsCertain: false)
        #expect(mapped == 2)
        #expect(await host.snapshot().counters.events == 4)
    }

    @Test("entries that waited for documents which can't be used go by the previous ones")
    func entriesBeforeUnusableDocuments() async {
        await connect()
        _ = await supervisor.documentsChanged(configuration: configuration, mapping: mapping)
        let waiting = await supervisor.entries(entries(4, 2), of: "s", areDocumentsCertain: false)
        #expect(waiting == 0)
        #expect(await host.snapshot().counters.events == 0)
        _ = await supervisor.documentsChanged(configuration: configuration, mapping: document("{"))
        let taken = await supervisor.entries(entries(4, 2), of: "s", areDocumentsCertain: true)
        #expect(taken == 2)
        let counters = await host.snapshot().counters
        #expect(counters.events == 1 && counters.unmapped == 1)
    }
}
