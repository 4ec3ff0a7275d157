import ArgumentParser
import ControllingStation
import IEC104Model

/// What is commanded.
struct CommandOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Number or standard name, 45...51 or 58...64.", valueName: "type"),
        transform: { text in
            let type = UInt8(text).map(TypeIdentification.init) ?? TypeIdentification(mnemonic: text)
            guard let type, type.isCommand else {
                throw ValidationError("a type of command is expected, 45...51 or 58...64 or a name such as C_SC_NA_1")
            }
            return type
        })
    var type: TypeIdentification

    @Option(
        name: .customLong("ca"), help: ArgumentHelp("Common address, 0...65534.", valueName: "n"),
        transform: { text in
            guard let number = UInt16(text), number != CommonAddress.broadcast.rawValue else {
                throw ValidationError("0...65534 is expected; commands can't be sent to all stations")
            }
            return CommonAddress(rawValue: number)
        })
    var commonAddress: CommonAddress

    @Option(
        name: .customLong("ioa"), help: ArgumentHelp("Information object address, 0...16777215.", valueName: "n"),
        transform: { text in
            guard let address = UInt32(text).flatMap(InformationObjectAddress.init(rawValue:)) else {
                throw ValidationError("0...\(InformationObjectAddress.maximum) is expected")
            }
            return address
        })
    var objectAddress: InformationObjectAddress

    // A value may begin with a minus sign.
    @Option(parsing: .unconditional, help: ArgumentHelp("What to set, in the form of the type.", valueName: "value"))
    var value: String

    @Option(
        help: ArgumentHelp(
            "QU of 45...47 and 58...60, 0...31: 1 short pulse, 2 long pulse, 3 persistent. QL of set-points, 0...127.",
            valueName: "n"))
    var qualifier: UInt8 = 0

    @Option(help: ArgumentHelp("Originator address, 0...255; 0 uses none.", valueName: "n"))
    var originator: UInt8 = 0

    @Flag(help: "Set the test bit: the station answers, and carries nothing out.")
    var test = false

    @OptionGroup
    var timeTag: TimeTagOptions

    /// - Throws: `ValidationError` for a value that the type doesn't have.
    var command: Command {
        get throws {
            var command: Command
            do {
                let value = try CommandValue(value, type: type)
                command = Command(
                    address: PointAddress(commonAddress: commonAddress, informationObjectAddress: objectAddress),
                    value: value)
            } catch {
                throw ValidationError("--value: \(error)")
            }
            command.qualifier = qualifier
            command.originatorAddress = originator
            command.isTest = test
            return command
        }
    }

    func validate() throws {
        let largest = try command.value.largestQualifier
        guard qualifier <= largest else {
            throw ValidationError(
                "--qualifier is \(qualifier), but \(type) takes \(largest == 0 ? "none" : "0...\(largest)")")
        }
        guard type.hasTimeTag || !timeTag.isGiven else {
            throw ValidationError("--time and --time-zone: \(type) has no time tag; \(type.withCP56Time2a ?? type) has")
        }
    }
}
