/// The words of both languages, in classes that the grammar can tell apart.
///
/// An entry is the meaning's name, the source word and the target word, or two of equal meaning. Every word is two syllables of a
/// consonant and a vowel; the languages share no consonant, so a copy of the source says nothing.
enum TranslationLexicon {
    static let nouns = entries(
        """
        stone tima laso, river bake nosa, bird kiko sili|sani, tree toke rala, house mike nano, child kibe noro,
        wolf beki rori, king moki nesi|sino, boat beke nina, fish komo role, hill keba sali, song kemo nola|noni,
        cloud kema sane, horse tebe sina, flower mako nole, bridge teme nolo, lamp komi nilo|reli, road toko lilo,
        wind kike ralo, knife mibo liro, bread beti sana|rani, forest tote rona, star mome lino, wall tebo rino
        """)

    static let verbs = entries(
        """
        see tibi nosi, carry teki loso|lelo, find kobe loro, build meti lini, follow mabo saro, hear kiti sora|raro,
        break tito lere, hide bobi nisi, bring tabo rari, wash tebi rasi|lana, paint teba lasa, love toka lari,
        guard bito laro, feed meko saso|lano, throw boke lare, mend mite line
        """)

    static let adjectives = entries(
        """
        big mamo loni, small boki nare, old mebi lase, young bata nori|neso, dark mabe rela, bright tabe rile,
        cold toba sala, warm moma lela|lore, heavy kime roso, quick moka seni, quiet bome selo|reso, strange tate lina
        """)

    static let adverbs = entries(
        """
        now kama seso, often beto risa, never kebi siri, soon kobo nili, here miki nari, there mibi rolo,
        slowly tike nali, again koka rila
        """)

    /// Everything that can be said.
    static let all = nouns + verbs + adjectives + adverbs

    private static func entries(_ table: String) -> [TranslationEntry] {
        table.replacing("\n", with: " ").split(separator: ",").map { row in
            let fields = row.split(separator: " ").map(String.init)
            return TranslationEntry(meaning: fields[0], source: fields[1], targets: fields[2].split(separator: "|").map(String.init))
        }
    }
}

/// One meaning and its words.
struct TranslationEntry: Sendable, Hashable {
    let meaning: String
    let source: String
    /// One, or two that are equally right.
    let targets: [String]
}
