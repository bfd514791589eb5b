/// The Python that runs inside sandboxes, handed to the interpreter on its command line.
enum PythonSources {
    /// Plain data as JSON: what crosses from one process to the other keeps its value and loses its class.
    ///
    /// So an object whose `__eq__` always agrees arrives as the plain value under it, or not at all.
    static let plainData = #"""
        import json
        DEPTH = 40
        class NotPlain(Exception): pass
        def pack(x, depth=0):
            if depth > DEPTH: raise NotPlain()
            if x is None or x is True or x is False: return x
            if isinstance(x, int): return int.__add__(x, 0)
            if isinstance(x, float): return float.__add__(x, 0.0)
            if isinstance(x, str): return str.__str__(x)
            if isinstance(x, complex): return ["complex", x.real, x.imag]
            if isinstance(x, (bytes, bytearray)): return ["bytes" if isinstance(x, bytes) else "bytearray", bytes(x).hex()]
            if type(x) is range: return ["range", x.start, x.stop, x.step]
            for name, kind in KINDS:
                if isinstance(x, kind): return [name] + [pack(y, depth + 1) for y in kind.__iter__(x)]
            if isinstance(x, dict): return ["dict"] + [[pack(k, depth + 1), pack(v, depth + 1)] for k, v in dict.items(x)]
            raise NotPlain()
        def unpack(x):
            if not isinstance(x, list): return x
            name, rest = x[0], x[1:]
            if name == "complex": return complex(float(rest[0]), float(rest[1]))
            if name == "bytes": return bytes.fromhex(rest[0])
            if name == "bytearray": return bytearray.fromhex(rest[0])
            if name == "range":
                if len(range(*rest)) > 100000: raise NotPlain()
                return range(*rest)
            if name == "dict": return {unpack(k): unpack(v) for k, v in rest}
            return dict(KINDS)[name](unpack(y) for y in rest)
        KINDS = [("list", list), ("tuple", tuple), ("set", set), ("frozenset", frozenset)]

        """#

    /// The process of the program under test: it loads the program, then answers calls of its entry point, one line each.
    ///
    /// A line in is a call's number and its arguments; a line out is the number, `R` and the result, or `E` and an exception's name.
    /// Whatever the program does to this process, all that it can put on the line is data.
    static let program =
        plainData + #"""
            import os, sys, types
            def serve():
                requests, replies = os.fdopen(os.dup(0), "rb"), os.dup(1)
                null = os.open("/dev/null", os.O_RDWR)
                os.dup2(null, 0); os.dup2(2, 1); os.close(null)
                def answer(text):
                    data = (text + "\n").encode("ascii", "backslashreplace")
                    while data: data = data[os.write(replies, data):]
                def call(number, body):
                    try:
                        text = "R " + json.dumps(pack(body()))
                    except BaseException as error:
                        name = type(error).__name__
                        text = "E " + (name if name.isidentifier() and len(name) < 60 else "Exception")
                    answer(f"{number} {text}")
                answer("ready")
                line = requests.readline()
                if not line: return
                order = json.loads(line)
                module = types.ModuleType("program")
                sys.modules["program"] = module
                def load():
                    exec(compile(order["program"], "program.py", "exec"), module.__dict__)
                    if not callable(module.__dict__.get(order["entryPoint"])): raise AttributeError()
                call(0, load)
                for line in requests:
                    number, _, arguments = line.decode().partition(" ")
                    def body():
                        values, names = json.loads(arguments)
                        return module.__dict__[order["entryPoint"]](*unpack(values), **unpack(names))
                    call(number, body)
            serve()
            os._exit(0)
            """#

    /// The process of the tests: each order runs in a fork of it, which calls the program by way of Autodidact.
    ///
    /// A line out is `C` with a call's arguments, `V` with the verdict, or `D` when the fork has ended. A test that fails after what the
    /// program returned is the program's fault; a name that is not there, or a value that cannot be sent, is the tests'.
    static let checker =
        plainData + #"""
            import builtins, os, sys
            class Fault(BaseException): pass
            class Broken(BaseException): pass
            class ProgramError(Exception): pass
            def judge(order, requests, answer):
                state = {"calls": 0, "raised": None}
                def candidate(*values, **names):
                    state["calls"] += 1
                    try:
                        text = json.dumps([pack(list(values)), pack(names)])
                    except (NotPlain, ValueError, RecursionError):
                        raise Broken("a test passes a value that is no plain data")
                    answer("C " + text)
                    line = requests.readline().decode()
                    if not line: raise Broken("the answer to a call did not arrive")
                    kind, _, rest = line.rstrip("\n").partition(" ")
                    if kind == "R":
                        try:
                            return unpack(json.loads(rest))
                        except Exception:
                            raise Fault("the result of call %d is no plain data" % state["calls"])
                    kind = getattr(builtins, rest, None)
                    if rest == "NotPlain": raise Fault("the result of call %d is no plain data" % state["calls"])
                    if not (isinstance(kind, type) and issubclass(kind, BaseException)): kind = ProgramError
                    if not issubclass(kind, Exception): raise Fault("call %d raised %s" % (state["calls"], rest))
                    try:
                        error = kind()
                    except TypeError:
                        error = ProgramError()
                    state["raised"] = (error, "call %d raised %s" % (state["calls"], rest))
                    raise error
                scope = {"__name__": "tests"}
                try:
                    exec(compile(order["setup"], "setup.py", "exec"), scope)
                    scope.pop("check", None)
                    scope[order["entryPoint"]] = scope["candidate"] = candidate
                    exec(compile(order["tests"], "tests.py", "exec"), scope)
                    check = scope.get("check")
                    if callable(check) and check is not candidate: check(candidate)
                except Fault as fault:
                    return "wrong", str(fault)
                except Broken as broken:
                    return "broken", str(broken)
                except Exception as error:
                    if state["raised"] and error is state["raised"][0]: return "wrong", state["raised"][1]
                    what = type(error).__name__
                    if state["calls"] == 0 or isinstance(error, (NameError, SyntaxError, ImportError)):
                        return "broken", "the tests fail by themselves: %s: %s" % (what, str(error)[:100])
                    return "wrong", "a test fails after call %d" % state["calls"] + ("" if what == "AssertionError" else ": " + what)
                except BaseException as error:
                    return "broken", "the tests end themselves: " + type(error).__name__
                if state["calls"] == 0: return "broken", "the tests never call " + order["entryPoint"]
                return "correct", ""
            def serve():
                requests, replies = os.fdopen(os.dup(0), "rb"), os.dup(1)
                null = os.open("/dev/null", os.O_RDWR)
                os.dup2(null, 0); os.dup2(null, 1); os.close(null)
                def answer(text):
                    data = (text + "\n").encode("ascii", "backslashreplace")
                    while data: data = data[os.write(replies, data):]
                answer("ready")
                while True:
                    line = requests.readline()
                    if not line: return
                    child = os.fork()
                    if child == 0:
                        try:
                            answer("V " + json.dumps(judge(json.loads(line), requests, answer)))
                        finally:
                            os._exit(0)
                    os.waitpid(child, 0)
                    answer("D")
            serve()
            os._exit(0)
            """#
}
