import Foundation

/// The network between a phone and an intercom, in which what phones send may get lost.
final class Wire: @unchecked Sendable {
    /// Where phones find it.
    let url: String
    private let listener: Int32
    private let lock = NSLock()
    private var port: UInt16 = 0
    private var holding = false
    /// How many connections are waited on in vain.
    private var stuck = 0
    private let lostRequests: AsyncStream<Void>, closedLines: AsyncStream<Void>
    private let losing: AsyncStream<Void>.Continuation, closing: AsyncStream<Void>.Continuation

    init() {
        (listener, url) = listen()
        (lostRequests, losing) = AsyncStream.makeStream()
        (closedLines, closing) = AsyncStream.makeStream()
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while case let phone = accept(listener, nil, nil), phone >= 0 {
                guard let wire = self else { break }
                Thread.detachNewThread { wire.pass(phone) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The intercom at its end.
    func leads(to url: String) {
        lock.withLock { port = UInt16(url.split(separator: ":").last ?? "") ?? 0 }
    }

    /// From now on what phones send gets lost, or no longer.
    var holds: Bool {
        get { lock.withLock { holding } }
        set { lock.withLock { holding = newValue } }
    }

    /// Waits until something got lost.
    func hasLost() async {
        for await _ in lostRequests { return }
    }

    /// Waits until a phone has given up a connection on which something got lost.
    func isGivenUp() async {
        for await _ in closedLines { return }
    }

    /// Waits until for a second nobody has waited on a connection on which something got lost.
    func isQuiet() async throws {
        var quiet = 0
        while quiet < 20 {
            try await Task.sleep(for: .milliseconds(50))
            quiet = lock.withLock { stuck } == 0 ? quiet + 1 : 0
        }
    }

    private func pass(_ phone: Int32) {
        let intercom = connect(to: lock.withLock { port })
        Thread.detachNewThread {
            while let bytes = read(from: intercom) { write(bytes, to: phone) }
        }
        var isLost = false
        while let bytes = read(from: phone) {
            if holds {
                if !isLost { lock.withLock { stuck += 1 } }
                isLost = true
                losing.yield()
            } else {
                write(bytes, to: intercom)
            }
        }
        shutdown(intercom, Int32(SHUT_RDWR))
        if isLost {
            lock.withLock { stuck -= 1 }
            closing.yield()
        }
    }
}

private func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
}

private func stream() -> Int32 {
    #if os(Linux)
        socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
        socket(AF_INET, SOCK_STREAM, 0)
    #endif
}

private func with<T>(_ address: inout sockaddr_in, _ call: (UnsafeMutablePointer<sockaddr>) -> T) -> T {
    withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, call) }
}

private func listen() -> (Int32, url: String) {
    let listener = stream()
    var (address, size) = (loopback(0), socklen_t(MemoryLayout<sockaddr_in>.size))
    precondition(with(&address) { bind(listener, $0, size) } == 0 && listen(listener, 50) == 0)
    _ = with(&address) { getsockname(listener, $0, &size) }
    return (listener, "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))")
}

private func connect(to port: UInt16) -> Int32 {
    let line = stream()
    var address = loopback(port)
    _ = with(&address) { connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    return line
}

private func read(from line: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(line, &bytes, bytes.count, 0)
    return count > 0 ? Array(bytes[..<count]) : nil
}

private func write(_ bytes: [UInt8], to line: Int32) {
    _ = send(line, bytes, bytes.count, 0)
}
