import ArgumentParser

/// How a command prints.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print the result as JSON on stdout; text for people then goes to stderr.")
    var json = false

    @Flag(name: .customLong("no-color"), help: "Print without colour; so does a NO_COLOR in the environment.")
    var isPlain = false

    var console: Console { Console(isJSON: json, isPlain: isPlain) }
}
