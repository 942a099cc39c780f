import Foundation
import PhoneinCore
import SwiftUI
import UniformTypeIdentifiers

/// The whole activity as a file, made once somebody takes it.
struct ExportLink: View {
    let phonein: Phonein
    let format: ExportFormat
    let title: String

    var body: some View {
        switch format {
        case .csv: share(Table(phonein: phonein))
        case .json: share(Objects(phonein: phonein))
        }
    }

    private func share(_ file: some Transferable) -> some View {
        ShareLink(item: file, preview: SharePreview(title)) { Label(title, symbol: .share) }
    }
}

private struct Table: Transferable {
    let phonein: Phonein

    static var transferRepresentation: some TransferRepresentation {
        DataRepresentation(exportedContentType: .commaSeparatedText) { (file: Table) in
            Data(try await file.phonein.exportActivity(format: .csv).utf8)
        }
        .suggestedFileName { $0.phonein.exportName(format: .csv) }
    }
}

private struct Objects: Transferable {
    let phonein: Phonein

    static var transferRepresentation: some TransferRepresentation {
        DataRepresentation(exportedContentType: .json) { (file: Objects) in
            Data(try await file.phonein.exportActivity(format: .json).utf8)
        }
        .suggestedFileName { $0.phonein.exportName(format: .json) }
    }
}
