import Foundation

extension SimulatedVolume.State {
    /// Counts a step, notes it, and says what becomes of it.
    mutating func step(
        _ operation: FileOperation, _ name: String, count: Int = 0, offset: Int = 0, faults: [Fault]
    ) -> SimulatedVolume.Outcome {
        if isOff { return .off }
        if isPaused { return .proceed }
        counts.add(operation)
        let outcome = outcome(of: operation, faults: faults)
        let result =
            switch outcome {
            case .proceed: ""
            case .fail(let fault): ": \(fault.rawValue)"
            case .off: lossOfPower ? ": power lost" : ": killed"
            }
        let range = count == 0 ? "" : " \(count) @ \(offset)"
        log.append("\(counts.total) \(operation) \(SimulatedVolume.stable(name))\(range)\(result)")
        if case .fail(let fault) = outcome { self.faults["\(operation), \(fault.rawValue)", default: 0] += 1 }
        return outcome
    }

    private mutating func outcome(of operation: FileOperation, faults: [Fault]) -> SimulatedVolume.Outcome {
        for disturbance in disturbances {
            guard let instant = disturbance.instant, counts.matches(instant, now: operation) else { continue }
            switch disturbance {
            case .kill: isOff = true
            case .powerLoss: (isOff, lossOfPower) = (true, true)
            case .full: isFull = true
            case .fault(_, let choice): if !faults.isEmpty && !isOff { return .fail(faults[choice % faults.count]) }
            case .childDeath: break
            }
        }
        if isOff { return .off }
        return isFull && operation.needsSpace && faults.contains(.noSpace) ? .fail(.noSpace) : .proceed
    }
}

extension SimulatedVolume {
    /// The path within the disk; nil for what lies elsewhere.
    func name(of path: String) -> String? {
        if path == folder.path { return "" }
        guard path.hasPrefix(folder.path + "/") else { return nil }
        return path.dropFirst(folder.path.count + 1).split(separator: "/").joined(separator: "/")
    }

    /// A name without what differs from one process to the next: temporary files end in a random identifier.
    static func stable(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), name.distance(from: dot, to: name.endIndex) == 37 else { return name }
        return name[..<dot] + ".temporary"
    }
}
