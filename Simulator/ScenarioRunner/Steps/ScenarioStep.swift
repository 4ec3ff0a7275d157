import IEC104Link
import IEC104Model
import NIOCore

/// One step of a scenario.
package struct ScenarioStep: Sendable {
    /// Where the file says it, from 1.
    package let line: Int
    /// In which repetition, from 1; nil outside of one.
    package let round: Int?
    /// What is done, in words.
    package let title: String
    /// The connection it is done on, by name.
    package let connection: String
    let action: StepAction
}

/// What a step does.
enum StepAction: Sendable {
    case connect(ConnectOptions)
    case startDataTransfer
    case stopDataTransfer
    case interrogate(InterrogationStep)
    case command(CommandRequest)
    /// Sends an ASDU, made at that moment because it may tell the time.
    case send(@Sendable () -> ByteBuffer)
    /// Sends an ASDU and waits for the answer.
    case ask(@Sendable () -> ByteBuffer, FrameExpectation)
    /// Octets behind the back of the link.
    case raw(ByteBuffer)
    case expect(FrameExpectation)
    /// Nothing of the kind comes for so long.
    case silence(FramePattern, Duration)
    case inject(Injection)
    case wait(Duration)
    /// Acknowledge what is received, or hold that back.
    case acknowledge(Bool)
    case disconnect
}
