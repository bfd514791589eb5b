import Foundation

/// What stands between Autodidact and a program that runs without a sandbox: a process that ends all that the program started.
///
/// Linux gives the orphans of a program to the nearest parent above that asks for them (`PR_SET_CHILD_SUBREAPER`). So a child which left
/// the program's group and session, and whose own parent is gone, is still the keeper's. It kills its own children only, until it has
/// none: no other process can be hit. It does so when the program ends, when it is told to (SIGTERM), and when Autodidact ends.
///
/// It is two processes, one above the other, and each ends all where the other is killed: by the system for want of memory, or by
/// Autodidact where it takes too long. Where the inner one was killed, the outer one ends by SIGKILL, so that the program is not blamed.
///
/// It holds no program that may kill it: where both are of one user, one that means to can. As root, programs run as nobody and cannot.
enum ProgramKeeper {
    /// How long it may take to end everything, before it is ended itself: a fork bomb may breed faster than it is killed.
    static let limit = Duration.seconds(10)

    /// The command that runs a command, given by its absolute path, under a keeper; it ends with the command's code, or 128 + its signal.
    ///
    /// - Parameter parent: The process that starts it, this one by default; where that has ended before, nothing is run.
    static func command(_ words: [String], under parent: String? = nil) -> [String] {
        let parent = parent ?? "\(ProcessInfo.processInfo.processIdentifier)"
        return [PythonRunner.interpreter, "-I", "-S", "-B", "-c", source, parent] + words
    }

    /// A process of another language, because only a parent of the program's own can be asked for its orphans alone.
    private static let source = #"""
        import ctypes, os, signal, sys, time
        subreaper, deathSignal = 36, 1
        system = ctypes.CDLL(None, use_errno=True)
        def control(option, value):
            if system.prctl(option, value, 0, 0, 0) != 0: raise OSError(ctypes.get_errno(), "prctl %d" % option)
        def follow(parent, number):
            control(deathSignal, number)
            # Whoever asks after its parent's end is told of none.
            if os.getppid() != parent: os._exit(1)
        def children():
            own, found = os.getpid(), []
            for name in os.listdir("/proc"):
                if not name.isdigit(): continue
                try:
                    with open("/proc/%s/stat" % name, "rb") as file: parent = file.read().rpartition(b")")[2].split()[1]
                except OSError: continue
                if int(parent) == own: found.append(int(name))
            return found
        def kill(process):
            try: os.kill(process, signal.SIGKILL)
            except OSError: pass
        def keep(start, isOuter):
            control(subreaper, 1)
            own, kept = os.getpid(), os.fork()
            if kept == 0: start(own)
            null = os.open("/dev/null", os.O_RDWR)
            for number in range(3): os.dup2(null, number)
            ending, isLeaving = 0, False
            while True:
                try: process, status = os.waitpid(-1, os.WNOHANG)
                except ChildProcessError: return ending
                if process == kept: ending, isLeaving = status, True
                elif process == 0 and isLeaving:
                    for child in children(): kill(child)
                    time.sleep(0.002)
                elif process == 0 and signal.sigwait(signals) == signal.SIGTERM:
                    if isOuter: os.kill(kept, signal.SIGTERM)
                    else: isLeaving = True
        def outer(parent):
            follow(parent, signal.SIGTERM)
            ending = keep(inner, True)
            if os.WIFSIGNALED(ending): kill(os.getpid())
            os._exit(os.WEXITSTATUS(ending))
        def inner(parent):
            follow(parent, signal.SIGTERM)
            ending = keep(program, False)
            os._exit(os.WEXITSTATUS(ending) if os.WIFEXITED(ending) else 128 + os.WTERMSIG(ending))
        def program(parent):
            try:
                os.setsid()
                follow(parent, signal.SIGKILL)
                for number in (signal.SIGPIPE, signal.SIGXFSZ): signal.signal(number, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
                os.execv(sys.argv[2], sys.argv[2:])
            except OSError as error: os.write(2, str(error).encode())
            os._exit(127)
        signals = {signal.SIGTERM, signal.SIGCHLD}
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_BLOCK, signals)
        outer(int(sys.argv[1]))
        """#
}
