/// A fault that has happened.
package struct FaultRecord: Hashable, Sendable {
    package let fault: SoakFault
    /// From its end until what was written then came through.
    package let recovery: Duration
}
