/// The Python that runs inside sandboxes, handed to the interpreter on its command line.
///
/// What crosses between the two processes is plain data: a value keeps its content and loses its class. So an object whose `__eq__`
/// always agrees arrives as the plain value under it, or not at all.
enum PythonSources {
    /// What the process of the program under test says when it has the program, before it looks into it.
    static let taken = Array("taken".utf8)

    /// The process of the program under test: it loads the program, then answers calls of its entry point, one line each.
    ///
    /// In: the entry point's name and the program's length in bytes on a line, the program, and then for each call a line with its number
    /// and its arguments as Python writes them. Out: `taken` when all of the program is there and none of it has run, then for each call
    /// the number, `R` and the result as JSON, or `E` and an exception's name. Whatever the program does to this process, all that it can
    /// put on the line is data. Last, `leave` and the exit code to end with. Only built-in modules are imported, because importing is what
    /// starting an interpreter takes longest for.
    static let program = #"""
        import posix, sys
        class NotPlain(Exception): pass
        def quoted(x):
            def units(c):
                n = ord(c)
                if n < 0x10000: return "\\u%04x" % n
                return "\\u%04x\\u%04x" % (0xD7C0 + (n >> 10), 0xDC00 + (n & 0x3FF))
            return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else units(c) for c in x) + '"'
        def number(x):
            if x != x: return "NaN"
            if x in (float("inf"), float("-inf")): return "Infinity" if x > 0 else "-Infinity"
            return float.__repr__(x)
        def text(x, depth=0):
            if depth > 40: raise NotPlain()
            if x is None: return "null"
            if x is True: return "true"
            if x is False: return "false"
            if isinstance(x, int): return int.__repr__(x)
            if isinstance(x, float): return number(float.__add__(x, -0.0))
            if isinstance(x, str): return quoted(str.__str__(x))
            if isinstance(x, complex): return '["complex",%s,%s]' % (number(x.real), number(x.imag))
            if isinstance(x, bytes): return '["bytes","%s"]' % bytes.hex(x)
            if isinstance(x, bytearray): return '["bytearray","%s"]' % bytearray.hex(x)
            if type(x) is range: return '["range",%d,%d,%d]' % (x.start, x.stop, x.step)
            for name, kind in (("list", list), ("tuple", tuple), ("set", set), ("frozenset", frozenset)):
                if isinstance(x, kind): return ",".join(['["%s"' % name] + [text(y, depth + 1) for y in kind.__iter__(x)]) + "]"
            if isinstance(x, dict):
                return ",".join(['["dict"'] + ["[%s,%s]" % (text(k, depth + 1), text(v, depth + 1)) for k, v in dict.items(x)]) + "]"
            raise NotPlain()
        def serve():
            requests, replies = open(posix.dup(0), "rb"), posix.dup(1)
            null = posix.open("/dev/null", posix.O_RDWR)
            posix.dup2(null, 0); posix.dup2(2, 1); posix.close(null)
            names = {"__builtins__": {}, "nan": float("nan"), "inf": float("inf")}
            for kind in (set, frozenset, bytearray, range): names[kind.__name__] = kind
            def answer(line):
                data = (line + "\n").encode("ascii", "backslashreplace")
                while data: data = data[posix.write(replies, data):]
            def call(number, body):
                try:
                    line = "R " + text(body())
                except BaseException as error:
                    name = type(error).__name__
                    line = "E " + (name if name.isidentifier() and len(name) < 60 else "Exception")
                answer(number + " " + line)
            leave = posix._exit
            if hasattr(sys, "set_int_max_str_digits"): sys.set_int_max_str_digits(0)
            answer("ready")
            header = requests.readline().decode()
            if not header: return
            entry, size = header.split()
            source = requests.read(int(size))
            if len(source) != int(size): return
            answer("taken")
            module = type(sys)("program")
            sys.modules["program"] = module
            def load():
                exec(compile(source, "program.py", "exec"), module.__dict__)
                if not callable(module.__dict__.get(entry)): raise AttributeError()
            call("0", load)
            for line in requests:
                number, _, arguments = line.decode().partition(" ")
                if number == "leave": leave(int(arguments))
                def body():
                    values, named = eval(arguments, names)
                    return module.__dict__[entry](*values, **named)
                call(number, body)
        serve()
        posix._exit(0)
        """#

    /// The process of the tests: each order runs in a fork of it, which calls the program by way of Autodidact.
    ///
    /// In: an order as JSON, then the program's answers. Out: `C` with a call's arguments, `V` with the verdict, and `D` when the fork has
    /// ended. A test that fails after what the program returned is the program's fault; a name that is not there, or a value that
    /// cannot be sent, is the tests'.
    static let checker = #"""
        import builtins, json, math, os, sys
        if hasattr(sys, "set_int_max_str_digits"): sys.set_int_max_str_digits(0)
        class Fault(BaseException): pass
        class Broken(BaseException): pass
        class ProgramError(Exception): pass
        def plain(x, depth=0):
            if depth > 40: raise ValueError()
            if x is None or type(x) in (bool, int, float, str, bytes, bytearray, range): return x
            if type(x) is complex and math.isfinite(x.real) and math.isfinite(x.imag): return x
            for kind in (list, tuple, set, frozenset):
                if isinstance(x, kind): return kind(plain(y, depth + 1) for y in x)
            if isinstance(x, dict): return {plain(k, depth + 1): plain(v, depth + 1) for k, v in x.items()}
            for kind in (int, float, str):
                if isinstance(x, kind): return kind(x)
            raise ValueError()
        def value(x):
            if not isinstance(x, list): return x
            name, rest = x[0], x[1:]
            if name == "complex": return complex(float(rest[0]), float(rest[1]))
            if name == "bytes": return bytes.fromhex(rest[0])
            if name == "bytearray": return bytearray.fromhex(rest[0])
            if name == "range":
                if len(range(*rest)) > 100000: raise ValueError()
                return range(*rest)
            if name == "dict": return {value(k): value(v) for k, v in rest}
            return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[name](value(y) for y in rest)
        def judge(order, requests, answer):
            calls, raised = 0, None
            def candidate(*values, **names):
                nonlocal calls, raised
                calls += 1
                try:
                    text = ascii((plain(values), plain(names)))
                except (ValueError, RecursionError):
                    raise Broken("a test passes a value that is no plain data")
                answer("C " + text)
                line = requests.readline()
                if not line: raise Broken("the answer to a call did not arrive")
                kind, _, rest = line.decode("ascii", "replace").rstrip("\n").partition(" ")
                if kind == "R":
                    try:
                        return value(json.loads(rest))
                    except Exception:
                        raise Fault("the result of call %d is no plain data" % calls)
                if rest == "NotPlain": raise Fault("the result of call %d is no plain data" % calls)
                kind = getattr(builtins, rest, None)
                if not (isinstance(kind, type) and issubclass(kind, BaseException)): kind = ProgramError
                if not issubclass(kind, Exception): raise Fault("call %d raised %s" % (calls, rest))
                try:
                    error = kind()
                except TypeError:
                    error = ProgramError()
                raised = error, "call %d raised %s" % (calls, rest)
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
                if raised and error is raised[0]: return "wrong", raised[1]
                what = type(error).__name__
                if calls == 0 or isinstance(error, (NameError, SyntaxError, ImportError)):
                    return "broken", "the tests fail by themselves: %s: %s" % (what, str(error)[:100])
                return "wrong", "a test fails after call %d" % calls + ("" if what == "AssertionError" else ": " + what)
            except BaseException as error:
                return "broken", "the tests end themselves: " + type(error).__name__
            if calls == 0: return "broken", "the tests never call " + order["entryPoint"]
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
