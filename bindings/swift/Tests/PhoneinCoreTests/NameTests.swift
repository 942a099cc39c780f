import Foundation
import PhoneinCore
import Testing

/// A name comes back as it was typed, byte by byte, on both phones.
@Suite(.timeLimit(.minutes(2))) struct NameTests {
    @Test(arguments: ["👩‍👩‍👧 Család 🏳️‍🌈", "דנה", "محمد علی", "می‌خواهم", "नमस्ते", "x̣̃ợ"])
    func namesOfManyScripts(name: String) async throws {
        let intercom = try await IntercomProcess()
        let (anna, bela) = (try await Phone(), try await Phone())
        let home = try await anna.pair(intercom, as: name)
        try await anna.core.renameIntercom(id: home, name: name)
        let (key, text) = try await anna.make(name, at: home)
        let (mine, _) = try await bela.accept(text, as: name)
        let details: KeyDetails = try await anna.core.key(id: key)
        let came = [
            try await anna.core.ownName(), try await anna.core.intercoms()[0].name, details.row.name,
            try await bela.core.previewLink(text: text).name, try await bela.core.key(id: mine).row.name,
        ]
        let bytes = Array(name.precomposedStringWithCanonicalMapping.utf8)
        #expect(came.allSatisfy { Array($0.utf8) == bytes }, "\(came)")
        #expect(try await anna.row(key)?.status == KeyStatus.held(person: name))
    }
}

/// What stands on buttons has words, whichever it is.
@Suite(.timeLimit(.minutes(2))) struct LabelTests {
    @Test func everyLabelHasWords() async throws {
        let phone = try await Phone()
        let words = Label.allCases.map { phone.core.label(label: $0) }
        #expect(!words.isEmpty)
        #expect(words.filter { $0.isEmpty || $0.hasPrefix("label-") } == [])
    }
    @Test func whatAPageOffersIsTheCores() async throws {
        let core = try await Phone().core
        #expect(core.dayClock() == .twentyFour)
        let first = [UsesChoice(uses: .noLimit, words: "No limit"), UsesChoice(uses: .times(count: 1), words: "1")]
        #expect(Array(core.usesChoices().prefix(2)) == first)
    }
}
