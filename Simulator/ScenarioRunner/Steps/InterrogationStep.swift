import ControllingStation
import IEC104Model

/// An interrogation and how it has to be answered.
struct InterrogationStep: Sendable {
    let request: InterrogationRequest
    let commonAddress: CommonAddress
    /// How many points have to be reported, each once; nil for any number.
    let points: Int?
    let limit: Duration
}
