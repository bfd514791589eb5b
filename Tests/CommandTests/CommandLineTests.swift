import Testing

/// Everything here runs the real binary; one at a time, because several would only slow each other down.
@Suite("command line", .serialized)
struct CommandLineTests {}
