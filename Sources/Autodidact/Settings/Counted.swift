/// A count with its noun: `1 problem`, `8 problems`.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(plural(noun, number))" }

/// The noun as it stands after a count; its plural ends in s.
package func plural(_ noun: String, _ number: Int) -> String { number == 1 ? noun : noun + "s" }
