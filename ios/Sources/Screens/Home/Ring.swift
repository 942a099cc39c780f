import Foundation
import PhoneinCore
import SwiftUI

/// The ring around a door's button: thirds while it works, what is left while the door is open, dashes and dots for what
/// went wrong. No meaning is in its colour alone.
struct Ring: View {
    let tap: Tap

    var body: some View {
        ZStack {
            Circle().stroke(Tint.ringTrack, lineWidth: 3)
            switch tap.look {
            case .idle: EmptyView()
            case .working:
                ForEach(0..<Int(tap.thirds), id: \.self) { third in
                    Circle()
                        .trim(from: CGFloat(third) / 3 + 0.01, to: CGFloat(third + 1) / 3 - 0.01)
                        .stroke(Tint.ring, style: StrokeStyle(lineWidth: 6, lineCap: .round))
                }
            case .open: Circle().trim(from: 0, to: left).stroke(Tint.discOpen, lineWidth: 6)
            case .refused: Circle().stroke(Tint.discRefused, style: StrokeStyle(lineWidth: 6, dash: [18, 10]))
            case .unreachable:
                Circle().stroke(Tint.hollow, style: StrokeStyle(lineWidth: 6, lineCap: .round, dash: [0, 14]))
            case .unsure: Circle().stroke(Tint.unsure, lineWidth: 6)
            }
        }
        .rotationEffect(.degrees(-90))
        .accessibilityHidden(true)
    }

    private var left: CGFloat {
        guard case .opened(let seconds, let of, _) = tap.state else { return 0 }
        return CGFloat(seconds) / CGFloat(of)
    }
}
