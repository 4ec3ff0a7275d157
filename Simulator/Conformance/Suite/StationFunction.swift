/// What a station may be able to do. A profile lists what it does; without a profile nothing is known.
package enum StationFunction: String, CaseIterable, Sendable {
    /// Groups 1...16 of the interrogation.
    case groupInterrogation
    /// Deactivation (cause 8) of an interrogation.
    case interrogationDeactivation
    /// C_CI_NA_1.
    case counterInterrogation
    /// Groups 1...4 of the counter interrogation.
    case counterGroups
    /// Freeze by C_CI_NA_1.
    case counterFreeze
    /// Reset by C_CI_NA_1.
    case counterReset
    /// C_RD_NA_1.
    case read
    /// C_CS_NA_1.
    case clockSynchronization
    /// Clock synchronization changes the time tags of the station as it is now.
    case clockIsSet
    /// C_TS_TA_1.
    case testCommand
    /// C_TS_NA_1, of IEC 60870-5-101 only.
    case testCommandWithoutTime
    /// C_RP_NA_1 with QRP 1.
    case resetProcess
    /// C_RP_NA_1 with QRP 2.
    case resetEventBuffer
    /// M_EI_NA_1.
    case endOfInitialization
    /// Commands and set-points.
    case commands
    /// Commands with time tag.
    case timeTaggedCommands
    /// The termination of set-points.
    case setPointTermination
    /// P_ME_NA_1...P_AC_NA_1.
    case parameters
    /// F_FR_NA_1...F_DR_TA_1.
    case files
    /// Redundancy groups: connections that take over from one another.
    case redundancyGroups
    /// Several elements behind one address in monitor direction, SQ = 1.
    case sequences
    /// The time of the station is that of the machine the suite runs on.
    case sameClock
}
