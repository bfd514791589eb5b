/// The one name of each sign and command, in whatever way it is written.
enum MathSpelling {
    /// Commands that only set the type, and sizes of brackets.
    static let ignored: Set<String> = [
        "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "quad", "qquad",
        "limits", "rm", "bf", "it", "mathstrut", "nonumber", "allowbreak", "hfill", "large", "Large", "small", "thinspace", "enspace",
    ]

    /// Commands whose argument is text.
    static let textCommands: Set<String> = [
        "text", "textbf", "textit", "textrm", "textsf", "texttt", "textnormal", "mbox", "hbox", "mathrm", "mathbf", "mathit", "mathsf",
        "operatorname", "boldsymbol", "emph", "underline",
    ]

    /// Letters with a name.
    static let letters: Set<String> = [
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu",
        "nu", "xi", "pi", "rho", "sigma", "tau", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi",
        "Sigma", "Phi", "Psi", "Omega", "ell",
    ]

    /// Commands with a meaning.
    static let commands: [String: String] = [
        "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt", "binom": "binom", "dbinom": "binom",
        "tbinom": "binom", "cdot": "*", "times": "*", "ast": "*", "div": "/", "pm": "pm", "mp": "mp", "le": "≤", "leq": "≤",
        "leqslant": "≤", "lt": "<", "ge": "≥", "geq": "≥", "geqslant": "≥", "gt": ">", "ne": "≠", "neq": "≠", "approx": "≈", "in": "∈",
        "cup": "∪", "setminus": "∖", "backslash": "∖", "infty": "∞", "circ": "°", "degree": "°", "lbrace": "lbrace",
        "rbrace": "rbrace", "langle": "langle", "rangle": "rangle", "lfloor": "lfloor", "rfloor": "rfloor", "lceil": "lceil",
        "rceil": "rceil", "lvert": "|", "rvert": "|", "vert": "|", "ldots": "...", "dots": "...", "cdots": "...", "dotsc": "...",
        "emptyset": "∅", "varnothing": "∅", "prime": "'", "sin": "sin", "cos": "cos", "tan": "tan", "sec": "sec", "csc": "csc",
        "cot": "cot", "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "ln": "ln", "log": "log", "exp": "exp", "lbrack": "[",
        "rbrack": "]", "lparen": "(", "rparen": ")", "colon": ":", "textdollar": "dollar", "pounds": "pound", "euro": "euro",
        "lor": "or", "vee": "or", "land": "and", "wedge": "and",
    ]

    /// Words of plain text with a meaning; capitals differ.
    static let names: [String: String] = [
        "sin": "sin", "cos": "cos", "tan": "tan", "sec": "sec", "csc": "csc", "cot": "cot", "arcsin": "arcsin", "arccos": "arccos",
        "arctan": "arctan", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "ln": "ln", "log": "log", "exp": "exp", "sqrt": "sqrt",
        "cbrt": "cbrt", "pi": "pi", "Pi": "pi", "infinity": "∞", "Infinity": "∞", "infty": "∞", "inf": "∞", "oo": "∞", "union": "∪",
        "theta": "theta", "alpha": "alpha", "beta": "beta", "lambda": "lambda", "and": "and", "or": "or", "degrees": "°", "degree": "°",
        "deg": "°", "percent": "%", "abs": "abs",
    ]

    /// Words of two or three letters that are no products.
    static let words: Set<String> = [
        "yes", "no", "odd", "am", "pm", "not", "the", "is", "if", "all", "of", "per", "to", "at", "sq", "cu", "st", "nd", "rd", "th", "so",
        "but", "for", "any", "one", "two", "six", "ten", "day", "win", "tie", "red", "sum", "set", "mod",
    ]

    /// Signs outside ASCII letters and digits.
    static let signs: [Unicode.Scalar: [String]] = [
        "\u{2212}": ["-"], "\u{2013}": ["-"], "\u{2014}": ["-"], "\u{D7}": ["*"], "\u{B7}": ["*"], "\u{22C5}": ["*"], "\u{F7}": ["/"],
        "\u{221A}": ["sqrt"], "\u{3C0}": ["pi"], "\u{221E}": ["∞"], "\u{2264}": ["≤"], "\u{2265}": ["≥"], "\u{2260}": ["≠"],
        "\u{2248}": ["≈"], "\u{222A}": ["∪"], "\u{2208}": ["∈"], "\u{2205}": ["∅"], "\u{B1}": ["pm"], "\u{B0}": ["°"],
        "\u{B2}": ["^", "2"], "\u{B3}": ["^", "3"], "\u{20AC}": ["euro"], "\u{A3}": ["pound"], "\u{A5}": ["yen"], "\u{211D}": ["set R"],
        "\u{3B8}": ["theta"], "\u{3B1}": ["alpha"], "\u{3B2}": ["beta"], "\u{2019}": ["'"], "\u{27E8}": ["langle"], "\u{27E9}": ["rangle"],
        "\u{2026}": ["..."], "%": ["%"],
    ]
}
