import Foundation
import PhoneinCore
import SwiftUI

/// A QR code with its margin. What it stands on is white in both themes.
struct QrCode: View {
    let code: QrModules

    var body: some View {
        QrShape(code: code)
            .fill(Tint.code)
            .aspectRatio(1, contentMode: .fit)
            .background(.white)
    }
}

/// The dark modules: each dark stretch of a row is one piece, so that no line shows between two.
struct QrShape: Shape {
    let code: QrModules

    /// What a scanner needs around it, in modules.
    private nonisolated static let margin = 4

    nonisolated func path(in rect: CGRect) -> Path {
        let count = Int(code.size)
        let module = max(1, (min(rect.width, rect.height) / CGFloat(count + 2 * Self.margin)).rounded(.down))
        let edge = ((rect.width - module * CGFloat(count)) / 2).rounded(.down)
        var path = Path()
        for row in 0..<count {
            for run in runs(row) {
                path.addRect(
                    CGRect(
                        x: edge + CGFloat(run.lowerBound) * module, y: edge + CGFloat(row) * module,
                        width: CGFloat(run.count) * module, height: module))
            }
        }
        return path
    }

    private nonisolated func runs(_ row: Int) -> [Range<Int>] {
        let size = Int(code.size)
        func isDark(_ column: Int) -> Bool { (0..<size).contains(column) && code.modules[row * size + column] != 0 }
        let starts = (0..<size).filter { isDark($0) && !isDark($0 - 1) }
        let ends = (0..<size).filter { isDark($0) && !isDark($0 + 1) }
        return zip(starts, ends).map { $0..<$1 + 1 }
    }
}
