import PhoneinCore
import SwiftUI

/// Asks once before a key goes.
struct Deleting: ViewModifier {
    @Bindable var model: DeleteModel
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        content.confirmationDialog(
            model.question?.told.title ?? "", isPresented: Binding($model.question), titleVisibility: .visible,
            presenting: model.question
        ) { question in
            Button(question.yes, role: .destructive) {
                model.delete(question)
            }
            Button(words(.keep), role: .cancel) {}
        } message: { question in
            Text(question.told.detail)
        }
    }
}
