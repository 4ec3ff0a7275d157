/// (m) The parts by themselves, in this process: nanoseconds of one of each.
enum MicroWorkload {
    static func run(_ run: BenchRun) -> [Finding] {
        let benchmarks = [
            CodecBenchmark.decode, CodecBenchmark.encode, FramingBenchmark.decode, DocumentBenchmark.read,
            EventBenchmark.fanOut(sessions: 1), EventBenchmark.fanOut(sessions: 100), InterrogationBenchmark.pack,
        ]
        return benchmarks.map { benchmark in
            run.note("m: \(benchmark.name)")
            benchmark.prepare().run()
            let times = (0..<run.rounds).map { _ in
                let body = benchmark.prepare()
                let start = Clock.now()
                body.run()
                return Double(Clock.now() - start) / Double(benchmark.count)
            }
            return Finding("m", benchmark.name, unit: "ns", connector: times)
        }
    }
}
