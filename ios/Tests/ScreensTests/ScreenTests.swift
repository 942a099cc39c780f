import Foundation
@_spi(Outline) import SwiftUI
import Testing

/// The stand-in itself: what a phone does, Screen does.
@MainActor @Suite struct ScreenTests {
    final class Unwatched { var count = 0 }  // forgot @Observable
    struct Counter: View {
        let model: Unwatched
        var body: some View {
            Text("\(model.count)")
            Button("More") { model.count += 1 }
        }
    }

    @Test func aScreenThatWouldStayStaleOnAPhoneStaysStaleHere() throws {
        let model = Unwatched()
        let screen = Screen(Counter(model: model))
        _ = screen.outline
        try screen.press("More")
        #expect(model.count == 1)
        #expect(screen.outline == "\"0\"\nbutton \"More\"")
    }

    @Test func aControlWithoutWordsIsReported() {
        let screen = Screen(
            VStack {
                Button {
                } label: {
                    Image(systemName: "gearshape")
                }
                Button("Save") {}
            })
        #expect(screen.unnamed == ["button (gearshape)"])
    }

    struct Child: View {
        @State private var count = 0
        let isGone: @MainActor () -> Void
        var body: some View {
            Button("Child \(count)") { count += 1 }
                .task {
                    try? await Task.sleep(for: .seconds(60))
                    isGone()
                }
        }
    }
    struct Parent: View {
        @State private var isShown = true
        let isGone: @MainActor () -> Void
        var body: some View {
            if isShown { Child(isGone: isGone) }
            Toggle("Shown", isOn: $isShown)
        }
    }

    @Test func stateAndTasksLiveAsLongAsTheirPlaceInTheTree() async throws {
        var gone = 0
        let screen = Screen(Parent { gone += 1 })
        try screen.press("Child 0")
        try screen.press("Child 1")
        #expect(screen.outline.contains("Child 2"))
        try await Task.sleep(for: .milliseconds(20))
        try screen.turn("Shown", on: false)
        #expect(screen.outline == "toggle \"Shown\" = off")
        for _ in 0..<500 where gone == 0 { try await Task.sleep(for: .milliseconds(2)) }
        #expect(gone == 1, "its task was cancelled")
        try screen.turn("Shown", on: true)
        #expect(screen.outline.contains("Child 0"))
    }

    struct Typed: View {
        @State private var texts = ["", ""]
        @State private var left: [Int] = []
        @FocusState private var typing: Int?
        var body: some View {
            TextField("One", text: $texts[0]).focused($typing, equals: 0)
            TextField("Two", text: $texts[1]).focused($typing, equals: 1)
            Text("left \(left.map(String.init).joined())").onChange(of: typing) { old, _ in
                if let old { left.append(old) }
            }
        }
    }

    @Test func aFieldIsLeftWhenAnotherIsTyped() throws {
        let screen = Screen(Typed())
        try screen.type("a", into: "One")
        #expect(screen.outline.contains("\"left \""))
        try screen.type("b", into: "Two")
        #expect(screen.outline.contains("\"left 0\""))
        screen.endTyping()
        #expect(screen.outline.contains("\"left 01\""))
    }

    @Test func whatIsUnderASheetCannotBePressed() throws {
        struct Sheeted: View {
            @State private var isOpen = false
            var body: some View {
                Button("Open") { isOpen = true }
                    .sheet(isPresented: $isOpen) { Text("Above") }
            }
        }
        let screen = Screen(Sheeted())
        try screen.press("Open")
        #expect(screen.outline.contains("sheet\n  \"Above\""))
        #expect(throws: Screen.Failure.self) { try screen.press("Open") }
        try screen.pullDown()
        #expect(!screen.outline.contains("Above"))
    }
}
