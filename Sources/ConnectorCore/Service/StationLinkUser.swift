import IEC104Channel
import IEC104Station
import NIOCore

/// Joins a session of the station to the link it runs on.
final class StationLinkUser: LinkUser {
    let session: StationSession
    private let onGivenUp: (StationSession.CloseReason) -> Void
    private let onRequest: () -> Void
    private let onChange: () -> Void
    private var isGivenUp = false
    private weak var link: (any LinkControl)?

    /// - Parameters:
    ///   - onGivenUp: told when the station can't go on with the session.
    ///   - onRequest: told when the station has taken a request.
    ///   - onChange: told when data transfer starts or stops, or the connection ends.
    init(
        session: StationSession, onGivenUp: @escaping (StationSession.CloseReason) -> Void,
        onRequest: @escaping () -> Void, onChange: @escaping () -> Void
    ) {
        self.session = session
        self.onGivenUp = onGivenUp
        self.onRequest = onRequest
        self.onChange = onChange
    }

    func linkEstablished(_ link: any LinkControl) {
        self.link = link
        session.link = self
    }

    func dataTransferStarted() {
        session.dataTransferStarted()
        onChange()
    }

    func dataTransferStopped() {
        session.dataTransferStopped()
        onChange()
    }

    func received(asdu: ByteBuffer) {
        session.received(asdu: asdu, now: link?.eventLoop?.now ?? .now())
        onRequest()
    }

    func nextASDU(into buffer: inout ByteBuffer) -> Bool {
        session.nextASDU(into: &buffer)
    }

    func linkClosed(_ reason: LinkCloseReason) {
        session.linkClosed()
        onChange()
    }
}

extension StationLinkUser: StationSessionLink {
    func wake() {
        link?.wake()
    }

    func close(_ reason: StationSession.CloseReason) {
        guard !isGivenUp else { return }
        isGivenUp = true
        onGivenUp(reason)
        link?.close(.local(reason.description))
    }
}
