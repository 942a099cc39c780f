import AVFoundation
import Foundation
import SwiftUI
import VisionKit

/// Reads a QR code with the camera, where a phone can; the system asks at the first press. Where it was refused, a press
/// leads to the settings that allow it.
struct ScanButton: View {
    let title: String
    let onScan: @MainActor (String) -> Void
    @State private var isOpen = false
    @Environment(\.openURL) private var openURL

    var body: some View {
        if DataScannerViewController.isSupported {
            Button(title, symbol: .code) { Task { await press() } }
                .sheet(isPresented: $isOpen) { Scanning(title: title, onScan: take) }
        }
    }

    private func press() async {
        switch AVCaptureDevice.authorizationStatus(for: .video) {
        case .authorized: isOpen = true
        case .notDetermined: isOpen = await AVCaptureDevice.requestAccess(for: .video)
        default: if let settings = URL(string: systemSettings) { openURL(settings) }
        }
    }

    private func take(_ text: String) {
        isOpen = false
        onScan(text)
    }
}

private struct Scanning: View {
    let title: String
    let onScan: @MainActor (String) -> Void

    var body: some View {
        NavigationStack {
            CodeScanner(onScan: onScan)
                .ignoresSafeArea()
                .navigationTitle(title)
                .navigationBarTitleDisplayMode(.inline)
                .toolbar { CloseButton() }
        }
    }
}
