public import Autodidact
import Foundation
public import Logging

/// Writes log records as JSON lines, with the time that a clock tells.
public struct JSONLogHandler: LogHandler {
    /// Stands in every record; a record's own metadata go before it.
    public var metadata: Logger.Metadata = [:]
    /// Records below it are left out.
    public var logLevel: Logger.Level
    /// Asked for metadata at each record.
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let clock: any WorldClock
    private let sink: LogSink

    /// A handler for the logger of a label.
    public init(label: String, level: Logger.Level, clock: any WorldClock, sink: LogSink) {
        (self.label, logLevel, self.clock, self.sink) = (label, level, clock, sink)
    }

    /// One of the metadata.
    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a record.
    public func log(event: LogEvent) {
        let provided = metadataProvider?.get() ?? [:]
        var all = metadata.merging(provided) { $1 }.merging(event.metadata ?? [:]) { $1 }
        if let error = event.error { all["error"] = "\(error)" }
        sink.append(
            LogText.line(
                time: Self.time(clock.secondsSince1970()), level: event.level, label: label, message: "\(event.message)", metadata: all))
    }

    /// ISO 8601 in universal time, to the millisecond.
    private static func time(_ secondsSince1970: Double) -> String {
        Date(timeIntervalSince1970: secondsSince1970).formatted(.iso8601WithMilliseconds)
    }
}

extension FormatStyle where Self == Date.ISO8601FormatStyle {
    fileprivate static var iso8601WithMilliseconds: Self { Date.ISO8601FormatStyle(includingFractionalSeconds: true) }
}
