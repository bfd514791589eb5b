import Testing

@testable import Reports

@Suite("Names of models in headings")
struct ShortNamesTests {
    @Test(
        "are the last part of a path, or as many parts as tell two apart",
        arguments: [
            (["/home/a/my-model", "seedling"], ["my-model", "seedling"]), (["/x/one/model", "/x/two/model"], ["one/model", "two/model"]),
            (["seedling", "/x/seedling"], ["seedling", "x/seedling"]), (["/x/model", "/x/model"], ["model", "model"]),
            (["/x/model + /y/adapter", "/x/model"], ["model + adapter", "model"]), (["/", ""], ["/", ""]), (["plain"], ["plain"]),
        ])
    func short(names: [String], expected: [String]) {
        #expect(shortNames(names) == expected)
    }
}
