// The one file that is not checked on Linux: VisionKit's scanner is a view controller with a delegate.
#if canImport(VisionKit)
    import SwiftUI
    import VisionKit

    /// The system's scanner for QR codes.
    struct CodeScanner: UIViewControllerRepresentable {
        let onScan: @MainActor (String) -> Void

        /// Whether the phone can scan, and its person allows it.
        @MainActor static var isThere: Bool {
            DataScannerViewController.isSupported && DataScannerViewController.isAvailable
        }

        func makeUIViewController(context: Context) -> DataScannerViewController {
            let scanner = DataScannerViewController(
                recognizedDataTypes: [.barcode(symbologies: [.qr])], isHighlightingEnabled: true)
            scanner.delegate = context.coordinator
            try? scanner.startScanning()
            return scanner
        }

        func updateUIViewController(_ scanner: DataScannerViewController, context: Context) {}

        func makeCoordinator() -> Coordinator { Coordinator(onScan: onScan) }

        @MainActor final class Coordinator: NSObject, DataScannerViewControllerDelegate {
            private let onScan: @MainActor (String) -> Void

            init(onScan: @escaping @MainActor (String) -> Void) {
                self.onScan = onScan
            }

            func dataScanner(
                _ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem],
                allItems: [RecognizedItem]
            ) {
                for case .barcode(let code) in addedItems {
                    guard let text = code.payloadStringValue else { continue }
                    dataScanner.stopScanning()
                    return onScan(text)
                }
            }
        }
    }

    /// Opens the scanner above the page.
    struct ScannerButton: View {
        let title: String
        let onScan: @MainActor (String) -> Void
        @State private var isOpen = false

        var body: some View {
            Button(title, symbol: .code) { isOpen = true }
                .sheet(isPresented: $isOpen) {
                    NavigationStack {
                        CodeScanner { text in
                            isOpen = false
                            onScan(text)
                        }
                        .ignoresSafeArea()
                        .navigationTitle(title)
                        .navigationBarTitleDisplayMode(.inline)
                        .toolbar { CloseButton() }
                    }
                }
        }
    }
#endif
