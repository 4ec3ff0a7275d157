/// A piece of work that is done `count` times.
struct MicroBenchmark: Sendable {
    /// The work, with what it needs made beforehand.
    struct Body {
        let run: () -> Void
    }

    let name: String
    let count: Int
    let prepare: @Sendable () -> Body
}

/// Keeps the compiler from leaving out work whose result nobody needs.
@inline(never)
func keep<Value>(_ value: Value) {}
