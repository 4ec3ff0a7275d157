import IEC104Model
import NIOCore

/// What controlling stations can make the station do to itself.
extension Station {
    /// Freezes, resets or both, as the upper bits of QCC ask for (IEC 60870-5-101, 7.2.6.23).
    ///
    /// - Parameter commonAddresses: the stations asked.
    func memorizeCounters(
        _ qualifier: QualifierOfCounterInterrogation, of commonAddresses: [CommonAddress]
    ) {
        let (freezes, resets) = (qualifier.freeze == 1 || qualifier.freeze == 2, qualifier.freeze >= 2)
        let time = timeTag(milliseconds())
        let order = image.order()
        for commonAddress in commonAddresses {
            for slot in order.slots[order.range(of: commonAddress) ?? 0..<0] {
                let point = image[slot]
                guard point.interrogationType == .M_IT_NA_1,
                    qualifier.request == 5 || point.counterGroup == qualifier.request
                else { continue }
                if freezes { image.counters.freeze(point.current, of: slot, at: time) }
                if resets { image[slot].information = image.counters.reset(point.information, of: slot) }
            }
        }
    }

    /// Takes a time over from a controlling station if the settings allow it. The host's clock is never set.
    func synchronizeClock(to time: CP56Time2a) {
        if settings.acceptsClockSynchronization { onClockSynchronization?(time) }
    }

    /// Every controlling station is told on its next start that the station has been initialized.
    ///
    /// - Parameter cause: why.
    package func initialized(_ cause: CauseOfInitialization) {
        causeOfInitialization = cause
        forgetToldPeers()
    }

    /// A reset that a controlling station has asked for: all connections end.
    func reset() {
        initialized(.remoteReset)
        for session in openSessions { session.link?.close(.reset) }
    }
}
