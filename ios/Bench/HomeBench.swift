import Foundation
import PhoneinCore

@testable import Screens

/// Home's model beside the call it is made of, over a wallet with as many keys as nobody has. `cargo xtask bench screens`.
@main @MainActor struct HomeBench {
    private static let keys = 1_000
    private static let rounds = 100
    /// In a row, or else the figure tells how deeply a thread slept.
    private static let each = 20

    static func main() async throws {
        let (intercom, phone) = (try await IntercomProcess(), try await Phone())
        let home = try await phone.pair(intercom, as: "Anna")
        for number in 1...keys {
            let wizard = try await phone.core.newKey(intercom: home)
            wizard.setName(name: "Key \(number)")
            _ = try await wizard.save()
        }
        let model = HomeModel(phonein: phone.core, presence: Presence { _ in .confirmed })
        var (ours, bare) = ([Double](), [Double]())
        for _ in 0..<rounds {
            bare.append(try await took { _ = try await phone.core.home() })
            ours.append(try await took { model.show(try await phone.core.home()) })
        }
        let ratio = median(ours) / median(bare)
        print(
            "| Home's model on iOS with \(keys) keys | \(words(ours)) µs | \(words(bare)) µs (the package's home())",
            "| \(String(format: "%.2f", ratio)) | ≤ 1.5 | \(ratio <= 1.5 ? "ok" : "OVER") |")
        intercom.end()
    }

    /// Microseconds of one.
    private static func took(_ work: @MainActor () async throws -> Void) async throws -> Double {
        let began = ContinuousClock.now
        for _ in 0..<each { try await work() }
        return (ContinuousClock.now - began) / .microseconds(each)
    }

    private static func words(_ times: [Double]) -> String {
        let sorted = times.sorted()
        let (low, high) = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
        return "\(Int(median(times))) [\(Int(low))–\(Int(high))]"
    }

    private static func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
}
