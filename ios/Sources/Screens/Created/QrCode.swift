import Foundation
import PhoneinCore
import SwiftUI

/// A QR code. What it stands on is white in both themes.
struct QrCode: View {
    let code: QrModules

    var body: some View {
        QrShape(code: code)
            .fill(Tint.code)
            .aspectRatio(1, contentMode: .fit)
            .background(.white)
    }
}

/// The dark modules of a code with its margin, in whole points.
struct QrShape: Shape {
    let code: QrModules

    nonisolated func path(in rect: CGRect) -> Path {
        let side = CGFloat(code.side)
        let module = max(1, (min(rect.width, rect.height) / side).rounded(.down))
        let edge = ((rect.width - module * side) / 2).rounded(.down)
        var path = Path()
        for dark in code.dark {
            path.addRect(
                CGRect(
                    x: edge + CGFloat(dark.x) * module, y: edge + CGFloat(dark.y) * module,
                    width: CGFloat(dark.length) * module, height: module))
        }
        return path
    }
}
