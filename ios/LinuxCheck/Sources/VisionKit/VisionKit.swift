// The system's scanner. It sees what a test holds before it.
import Foundation
import UIKit

public struct VNBarcodeSymbology: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let qr = VNBarcodeSymbology(rawValue: "VNBarcodeSymbologyQR")
}

public enum RecognizedItem: Sendable {
    case barcode(Barcode)

    public struct Barcode: Sendable {
        public let payloadStringValue: String?
    }
}

@MainActor open class DataScannerViewController: UIViewController {
    public struct RecognizedDataType: Hashable, Sendable {
        let symbologies: [VNBarcodeSymbology]
        public static func barcode(symbologies: [VNBarcodeSymbology] = []) -> Self { .init(symbologies: symbologies) }
    }
    public enum QualityLevel: Sendable { case balanced, fast, accurate }

    public class var isSupported: Bool { true }
    public weak var delegate: (any DataScannerViewControllerDelegate)?

    public init(
        recognizedDataTypes: Set<RecognizedDataType>, qualityLevel: QualityLevel = .balanced,
        recognizesMultipleItems: Bool = false, isHighFrameRateTrackingEnabled: Bool = true,
        isPinchToZoomEnabled: Bool = true, isGuidanceEnabled: Bool = true, isHighlightingEnabled: Bool = false
    ) {}

    public func startScanning() throws { Self.scanning = self }
    public func stopScanning() { Self.scanning = nil }

    private static weak var scanning: DataScannerViewController?

    /// A code is held before the scanner that runs; whether there is one.
    @_spi(Test) public static func see(_ text: String) -> Bool {
        guard let scanner = scanning else { return false }
        let item = RecognizedItem.barcode(.init(payloadStringValue: text))
        scanner.delegate?.dataScanner(scanner, didAdd: [item], allItems: [item])
        return true
    }
}

@MainActor public protocol DataScannerViewControllerDelegate: AnyObject {
    func dataScanner(
        _ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem])
}

extension DataScannerViewControllerDelegate {
    public func dataScanner(
        _ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem]
    ) {}
}
