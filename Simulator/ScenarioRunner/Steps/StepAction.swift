import NIOCore

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
