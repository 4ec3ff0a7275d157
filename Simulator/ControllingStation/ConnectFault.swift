import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why no connection to a controlled station came about.
package enum ConnectFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host is there, but nothing listens on the port.
    case refused(host: String, port: Int)
    /// No answer within t0.
    case timedOut(host: String, port: Int, t0: TimeAmount)
    /// The host name means nothing here.
    case nameNotResolved(host: String)
    /// Anything else; the text is the system's.
    case failed(host: String, port: Int, String)

    package var description: String {
        switch self {
        case .refused(let host, let port):
            "connection to \(Self.target(host, port)) refused: nothing listens there"
        case .timedOut(let host, let port, let t0):
            "no connection to \(Self.target(host, port)) within t0 = \(Self.seconds(t0)) s"
        case .nameNotResolved(let host): "the host name \(host) can't be resolved"
        case .failed(let host, let port, let text): "no connection to \(Self.target(host, port)): \(text)"
        }
    }

    private static func target(_ host: String, _ port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func seconds(_ time: TimeAmount) -> String {
        let (whole, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return rest == 0 ? "\(whole)" : "\(Double(time.nanoseconds) / 1e9)"
    }

    /// Tells what NIO's error means.
    package init(_ error: any Error, host: String, port: Int, t0: TimeAmount) {
        switch error {
        case let fault as ConnectFault: self = fault
        case ChannelError.connectTimeout: self = .timedOut(host: host, port: port, t0: t0)
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first {
                self.init(first.error, host: host, port: port, t0: t0)
            } else {
                self = .nameNotResolved(host: host)
            }
        case let error as IOError where error.errnoCode == ECONNREFUSED: self = .refused(host: host, port: port)
        case let error as IOError:
            self = .failed(host: host, port: port, String(cString: strerror(error.errnoCode)))
        default: self = .failed(host: host, port: port, String(describing: error))
        }
    }
}
