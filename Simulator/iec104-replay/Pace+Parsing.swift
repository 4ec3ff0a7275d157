import ArgumentParser
import ReplayBench

extension Pace {
    /// - Throws: `ValidationError` for texts that aren't a pace.
    static func parsed(_ text: String) throws -> Pace {
        guard let pace = Pace(text) else {
            throw ValidationError("a number above 0 is expected, or max: --speed 1, --speed 0.5, --speed max")
        }
        return pace
    }
}
