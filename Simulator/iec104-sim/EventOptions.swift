import ArgumentParser
import IEC104Model
import Load

/// The events of a load.
struct EventOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Events a second, up to 100000.", valueName: "r"))
    var rate: Double?

    @Option(help: ArgumentHelp("The input stream, if --id doesn't tell it.", valueName: "name"))
    var stream: String?

    @Option(
        name: .customLong("ioa"),
        help: ArgumentHelp("Information object address of the first point, 0...16777215.", valueName: "n"))
    var objectAddress: UInt32 = 1

    @Option(help: ArgumentHelp("Points that take turns, 1...100000.", valueName: "n"))
    var points: UInt32 = 1

    func validate() throws {
        guard let rate else {
            guard stream == nil, objectAddress == 1, points == 1 else {
                throw ValidationError(
                    "--stream, --ioa and --points tell where events go: --redis and --rate are missing")
            }
            return
        }
        guard rate > 0, rate <= 100_000 else {
            throw ValidationError("--rate is \(rate), but must be above 0 and at most 100000")
        }
        guard stream != "" else { throw ValidationError("--stream is empty; the name of a stream is expected") }
        guard (1...100_000).contains(points) else {
            throw ValidationError("--points is \(points), but must be in 1...100000")
        }
        guard objectAddress <= InformationObjectAddress.maximum,
            points - 1 <= InformationObjectAddress.maximum - objectAddress
        else {
            throw ValidationError(
                "--ioa \(objectAddress) with --points \(points) goes beyond \(InformationObjectAddress.maximum)")
        }
    }

    /// Nil without --rate.
    ///
    /// - Throws: `ValidationError` if there would be none, or too many.
    func plan(duration: Double, commonAddress: UInt16) throws -> EventPlan? {
        guard let rate else { return nil }
        let count = (rate * duration).rounded()
        guard count >= 1, count <= Double(EventPlan.maximumCount) else {
            throw ValidationError(
                "--rate \(rate) for --duration \(duration) makes \(Int(count)) events, but 1...\(EventPlan.maximumCount) "
                    + "can be counted")
        }
        return EventPlan(
            count: UInt32(count), rate: rate, commonAddress: CommonAddress(rawValue: commonAddress),
            firstAddress: objectAddress, points: points)
    }
}
