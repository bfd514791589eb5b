/// The functions that can be called.
enum MathFunction {
    /// Those that take their argument with or without brackets.
    static let names: Set<String> = [
        "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "ln", "log", "exp",
    ]

    /// The inverse of one that is written with the exponent −1.
    static let inverses = ["sin": "arcsin", "cos": "arccos", "tan": "arctan"]
}
