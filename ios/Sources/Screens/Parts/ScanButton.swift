import SwiftUI

/// Reads a QR code with the camera, where there is one to read with.
struct ScanButton: View {
    let title: String
    let onScan: @MainActor (String) -> Void

    var body: some View {
        #if canImport(VisionKit)
            if CodeScanner.isThere { ScannerButton(title: title, onScan: onScan) }
        #endif
    }
}
