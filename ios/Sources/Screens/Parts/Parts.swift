import Observation
import PhoneinCore

/// A list that the core gives a part at a time: as far as somebody looked.
@MainActor @Observable final class Parts<Row: Equatable & Sendable> {
    /// A part as the core gives it.
    struct Part {
        let rows: [Row]
        let next: String?
        let ahead: Int32
        let empty: EmptyList?
    }

    /// Those read so far; `nil` until the core has said.
    private(set) var rows: [Row]?
    /// What the list says while it is empty.
    private(set) var empty: EmptyList?
    /// Whether there are more.
    private(set) var hasMore = false
    /// Why they could not be read.
    private(set) var fault: Told?

    @ObservationIgnored private var ahead = 0
    /// Counts what was asked: an answer to an older question is not shown.
    @ObservationIgnored private var asked = 0

    /// Of something else from now on.
    func forget() {
        (rows, empty, hasMore, fault) = (nil, nil, false, nil)
        asked += 1
    }

    /// Reads anew, from the first, at least as many as there were; `isFromStart`: only the first part.
    func read(isFromStart: Bool = false, _ part: @MainActor (_ after: String?) async throws -> Part) async {
        await read(least: isFromStart ? 0 : rows?.count ?? 0, part)
    }

    /// The row at `index` came into sight: reads on where few follow it.
    func reached(_ index: Int, _ part: @MainActor (_ after: String?) async throws -> Part) async {
        guard hasMore, let count = rows?.count, index + ahead >= count - 1 else { return }
        await read(least: count + 1, part)
    }

    private func read(least count: Int, _ part: @MainActor (_ after: String?) async throws -> Part) async {
        asked += 1
        let number = asked
        var (read, after, empty) = ([Row](), String?.none, EmptyList?.none)
        do {
            repeat {
                let part = try await part(after)
                guard number == asked else { return }
                read += part.rows
                (after, ahead, empty) = (part.next, Int(part.ahead), part.empty)
            } while after != nil && read.count < count
            show(read, empty: empty, hasMore: after != nil)
        } catch {
            if number == asked { fault = error.told }
        }
    }

    func show(_ read: [Row], empty new: EmptyList? = nil, hasMore more: Bool = false) {
        if rows != read { rows = read }
        if empty != new { empty = new }
        if hasMore != more { hasMore = more }
        if fault != nil { fault = nil }
    }
}
