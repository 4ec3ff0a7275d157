import Foundation
import TestBench
import Testing

@testable import Benchmarking

/// Threads run where the bench puts them. One after the other: each counts the threads of this process that are bound.
@Suite(.serialized) struct PlacementTests {
    /// How many threads of a process may run on these processors alone.
    private func threads(of process: Int32, on processors: [Int]) throws -> Int {
        let list = processors.map(String.init).joined(separator: ",")
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").count { thread in
            let status = try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
            return status?.contains("\nCpus_allowed_list:\t\(list)\n") == true
        }
    }

    @Test func aThreadIsBoundWhileItDoesTheWork() throws {
        let processors = try Processors.available()
        for processor in processors {
            let bound = try Processors.on([processor]) { try Processors.available() }
            #expect(bound == [processor])
        }
        #expect(try Processors.available() == processors)
        #expect(try Processors.on(nil) { try Processors.available() } == processors)
    }

    @Test func theFloorAnswersFromItsPlace() throws {
        let processor = try #require(try Processors.available().last)
        let before = try threads(of: getpid(), on: [processor])
        let floor = try FloorServer(points: 10)
        defer { floor.stop() }
        floor.order(.bind(to: [processor]))
        _ = try MasterFleet(1, to: floor.host, on: [processor]).interrogate(points: 10)
        // Of a machine with one processor, all are there.
        if try Processors.available().count > 1 {
            #expect(try threads(of: getpid(), on: [processor]) == before + 1)
        }
    }

    @Test func allThreadsOfAProcessAreBound() async throws {
        let child = try ChildProcess(
            "/usr/bin/python3",
            [
                "-c",
                "import threading, time; [threading.Thread(target=time.sleep, args=(99,)).start() for _ in range(5)]",
            ])
        func count() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child.pid)/task").count
        }
        try await eventually("it has its threads") { try count() == 6 }
        let processor = try #require(try Processors.available().last)
        try Processors.bind(process: child.pid, to: [processor])
        #expect(try threads(of: child.pid, on: [processor]) == 6)
        await child.kill()
    }

    @Test func placesWithOneMasterAreThree() throws {
        let several = try Processors.available().count > 1
        #expect(
            try Placement.all(with: 1).map { $0.title("x", masters: 1) }
                == ["x, 1 master", "x, 1 master, on one processor"]
                + (several ? ["x, 1 master, on two processors"] : []))
        #expect(try Placement.all(with: 10).map { $0.title("x", masters: 10) } == ["x, 10 masters"])
    }
}
