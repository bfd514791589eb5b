import Randomness

/// Makes hostile inputs of valid ones: a few changes each, which know how the files are put together.
///
/// Every draw comes from the key, so that a number names an input.
struct Mutator {
    var generator: KeyedGenerator
    private let corpus: [FuzzInput]
    /// Words of the format under test, in which the changes speak its language.
    let words: [[UInt8]]

    /// The changes of the case that `key` names.
    init(_ key: SeedTree, corpus: [FuzzInput], words: [[UInt8]]) {
        generator = key.generator
        self.corpus = corpus
        self.words = words
    }

    /// A valid input with one to eight changes, mostly few.
    mutating func input() -> FuzzInput {
        var input = corpus[index(below: corpus.count)]
        var changes = 1
        while changes < 8, chance(2) { changes += 1 }
        for _ in 0..<changes { change(&input) }
        return input
    }

    private mutating func change(_ input: inout FuzzInput) {
        guard !input.files.isEmpty else { return }
        let place = index(below: input.files.count)
        let other = self.other(for: input.files[place].name, in: input)
        switch input.files[place].form {
        case .json where !chance(4): changeJSON(&input.files[place].bytes, other: other)
        case .lines where !chance(5): changeLines(&input.files[place].bytes, other: other)
        case .tensors where !chance(4): changeTensors(&input.files[place].bytes)
        case .http: changeHTTP(&input.files[place].bytes, other: other)
        case .text where !chance(3): changeText(&input.files[place].bytes, other: other)
        default: changeBytes(&input.files[place].bytes, other: other)
        }
    }

    /// What a file takes parts from: one of the same name in another input, or any file of this one.
    private mutating func other(for name: String, in input: FuzzInput) -> [UInt8] {
        if chance(3), input.files.count > 1 { return input.files[index(below: input.files.count)].bytes }
        let another = corpus[index(below: corpus.count)]
        return (another.files.first { $0.name == name } ?? another.files.first)?.bytes ?? []
    }

    // MARK: Draws

    /// A number from 0 to below `count`; 0 where there is none.
    mutating func index(below count: Int) -> Int { count > 0 ? generator.index(below: count) : 0 }

    /// True once in `times`.
    mutating func chance(_ times: Int) -> Bool { generator.index(below: times) == 0 }

    mutating func element<Element>(of list: [Element]) -> Element { list[index(below: list.count)] }

    /// Mostly short, at times long.
    mutating func length() -> Int {
        switch index(below: 20) {
        case 0: 1 + index(below: 4096)
        case 1...4: 1 + index(below: 256)
        default: 1 + index(below: 8)
        }
    }

    /// A stretch of a text, which may be empty.
    mutating func range(in count: Int) -> Range<Int> {
        let start = index(below: count + 1)
        return start..<min(count, start + length())
    }
}
