public import Autodidact

extension World {
    /// The real machine: its clocks and its disk.
    public static var system: World { World(clock: SystemClock(), disk: SystemDisk()) }
}
