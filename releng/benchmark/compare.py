#!/usr/bin/env python3
"""Times Loupe, PyTorch and ONNX Runtime by turns, in one run, and prints how many times as fast Loupe is.

Every case is run in rounds; in a round everybody is asked once, one after the other, so that what slows the machine slows
all. Medians are over all times of all rounds.
"""

import argparse
import datetime
import glob
import json
import os
import pathlib
import platform
import queue
import shlex
import signal
import statistics
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
TORCH = ("eager", "channels_last", "compile")
# name: what, to, images, size, who, targets against {"eager" or "lucent", "best" of PyTorch, "onnxruntime"} at 2 threads
CASES = {
    "gradient-4a-1": ("gradient", "mixed4a", 1, 224, TORCH, {"eager": 3.2, "best": 2.3}),
    "gradient-4a-4": ("gradient", "mixed4a", 4, 224, TORCH, {"eager": 2.8, "best": 1.9}),
    "gradient-4a-8": ("gradient", "mixed4a", 8, 224, TORCH, {"eager": 2.8, "best": 1.9}),
    "gradient-logit-1": ("gradient", "logit:7", 1, 224, TORCH, {"eager": 3.0, "best": 2.2}),
    "forward-1": ("forward", "logit:7", 1, 224, TORCH + ("onnxruntime",), {"eager": 2.8, "best": 1.5, "onnxruntime": 1.0}),
    "forward-8": ("forward", "logit:7", 8, 224, TORCH + ("onnxruntime",), {"eager": 2.8, "best": 1.5, "onnxruntime": 1.0}),
    "step-128": ("step", "mixed4a:254", 1, 128, ("lucent", "eager", "channels_last"), {"lucent": 3.5}),
}
# the same for torchvision's networks, as ONNX files
ONNX_CASES = {
    "gradient-logit-1": ("gradient", "logit:7", 1, 224, TORCH, {"best": 1.5}),
    "gradient-logit-4": ("gradient", "logit:7", 4, 224, TORCH, {"best": 1.5}),
    "forward-1": ("forward", "logit:7", 1, 224, TORCH, {}),
}
TITLES = {"gradient": "forward + image gradient to `{to}`, batch {images}", "forward": "forward to the logits, batch {images}",
          "step": "one whole optimisation step, `{to}`, {size} px, batch {images}"}
ONE_THREAD = 0.9  # of the targets


class Program:
    """A process that answers a line of JSON to a line."""

    def __init__(self, command, environment):
        # A session of its own, so that the compilers which it starts end with it.
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
                                        start_new_session=True)
        self.answers = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()
        self.greeting = self.read()

    def listen(self):
        for line in self.process.stdout:
            self.answers.put(line)
        self.answers.put("")

    def read(self, limit=None):
        line = self.answers.get(timeout=limit)
        if not line:
            raise SystemExit("it has ended: " + shlex.join(self.process.args))
        return json.loads(line)

    def ask(self, question, limit=None):
        """The answer; queue.Empty after so many seconds without one, and then the process has ended."""
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        try:
            return self.read(limit)
        except queue.Empty:
            self.end()
            raise

    def end(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait()


class Asked:
    """All programs, each started when it is first asked. torch.compile has one to itself, which may take too long."""

    def __init__(self, options):
        environment = {**os.environ, "OMP_NUM_THREADS": str(options.threads), "OMP_WAIT_POLICY": options.wait}
        loupe = [*shlex.split(options.loupe), "bench", options.weights, "--serve", "--quiet"]
        peer = [sys.executable, str(HERE / "peer.py"), options.weights, "--threads", str(options.threads)]
        self.commands = {"loupe": (loupe, environment), "peer": (peer, environment), "compile": (peer, environment)}
        self.running = {}

    def program(self, name):
        if name not in self.running or self.running[name].process.poll() is not None:
            self.running[name] = Program(*self.commands[name])
        return self.running[name]

    def ask(self, who, question, limit=None):
        if who == "loupe":
            return self.program("loupe").ask(question)
        return self.program("compile" if who == "compile" else "peer").ask(f"{who} {question}", limit)

    def close(self):
        for program in self.running.values():
            program.close()


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def cases_of(weights):
    return ONNX_CASES if weights.endswith(".onnx") else CASES


def prepare(asked, name, who, question, count, limit):
    """Asks somebody for the first time. None where that is not possible, with the reason on the standard error."""
    try:
        answer = asked.ask(who, question + str(count), limit if who == "compile" else None)
    except queue.Empty:
        answer = {"error": f"not compiled in {limit} s; what is done is kept in PyTorch's cache, so asking again goes on there"}
    if "error" in answer:
        print(f"{name}: {who}: {answer['error']}", file=sys.stderr, flush=True)
    elif who == "compile":
        print(f"{name}: compile: ready after {answer['prepared']:.0f} s", file=sys.stderr, flush=True)
    return answer


def measure(options):
    asked = Asked(options)
    cases = {}
    compiled = {}
    try:
        greetings = {} if options.only_compile else {who: asked.program(who).greeting for who in ("loupe", "peer")}
        peak = 0 if options.only_compile else asked.ask("loupe", "peak")["peak"]
        for name in options.cases:
            what, to, images, size, peers, _ = cases_of(options.weights)[name]
            question = f"{what} {to} {images} {size} "
            times = {}
            for who in ("compile",) if options.only_compile else ("loupe",) + peers:
                if who in peers + ("loupe",) and (not options.who or who in options.who):
                    # Java compiles while it runs, and a picture has hundreds of steps.
                    count = options.warm_steps if what == "step" else options.warm
                    answer = prepare(asked, name, who, question, 1 if options.only_compile else count, options.compile_limit)
                    if who == "compile":
                        compiled[name] = answer.get("prepared")
                    if "error" not in answer:
                        times[who] = {"wall": [], "cpu": [], "rounds": []}
            for _ in range(0 if options.only_compile else options.rounds):
                for who, found in times.items():
                    answer = asked.ask(who, question + str(options.count + 1))
                    found["wall"] += answer["wall"][1:]   # the first one finds the others' numbers in the caches
                    found["rounds"].append(statistics.median(answer["wall"][1:]))
                    if "cpu" in answer:
                        found["cpu"].append(answer["cpu"])
                    if "network" in answer:
                        found.setdefault("network", []).extend(answer["network"][1:])
            cases[name] = times
            print(f"{name} is done", file=sys.stderr, flush=True)
    finally:
        asked.close()
    if options.only_compile:
        return None
    return {"command": shlex.join(["python", "releng/benchmark/compare.py", *sys.argv[1:]]),
            "when": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
            "machine": f"{processor()}, {os.cpu_count()} processors, {platform.system()} {platform.release()}",
            "processors": os.cpu_count(), "load": [round(load, 1) for load in os.getloadavg()], "threads": options.threads, "wait": options.wait,
            "network": pathlib.Path(options.weights).name, "compiled": compiled, "compile_limit": options.compile_limit,
            **greetings, "peak": peak, "cases": cases}


def busy(run):
    """Whether others had so much to do that only the time of all threads says something."""
    return run["load"][0] > run["processors"]


def lines(run):
    """The table, as Markdown. On a busy machine the targets are held against the times of all threads."""
    table = [f"| {run['threads']} thread{'s' if run['threads'] > 1 else ''} | Loupe, ms | eager | channels_last | compile | "
             "ONNX Runtime | against eager | against best PyTorch | met |", "|---|---|---|---|---|---|---|---|---|"]
    for name, times in run["cases"].items():
        what, to, images, size, _, targets = cases_of(run.get("network", ""))[name]
        medians = {who: statistics.median(found["wall"]) for who, found in times.items()}
        cpu = {who: statistics.median(found["cpu"]) for who, found in times.items() if found["cpu"]}

        def cell(who):
            if who == "compile" and name in run.get("compiled", {}) and run["compiled"][name] is None:
                return f"not compiled in {run['compile_limit']} s"
            if who not in times:
                return ""
            low, _, high = statistics.quantiles(times[who]["wall"], n=4)
            return f"{medians[who]:.1f} ({low:.1f} to {high:.1f}; CPU {cpu.get(who, float('nan')):.1f})"

        def ratio(key, who):
            if not who or "loupe" not in medians:
                return "", True
            target = targets.get(key, 0) * (1 if run["threads"] > 1 or key == "onnxruntime" else ONE_THREAD)
            found = min(medians[one] for one in who) / medians["loupe"]
            work = min(cpu[one] for one in who) / cpu["loupe"] if all(one in cpu for one in [*who, "loupe"]) else None
            text = f"{found:.2f}x" + (f" (CPU {work:.2f}x)" if work else "") + (f", target {target:.2f}x" if target else "")
            return text, (work if work and busy(run) else found) >= target

        torch = [who for who in TORCH if who in medians]
        title = TITLES[what].format(to=to, images=images, size=size)
        first = ratio("eager", [who for who in ("eager",) if who in medians])
        best = ratio("best", torch)
        other = ratio("onnxruntime", [who for who in ("onnxruntime",) if who in medians])
        last = ratio("lucent", [who for who in ("lucent",) if who in medians])
        met = all(one[1] for one in (first, best, other, last))
        extra = (f" {other[0]}" if other[0] else "")
        table.append(f"| {title} | {cell('loupe')} | {cell('eager')} | {cell('channels_last')} | {cell('compile')} | "
                     f"{cell('onnxruntime')}{extra} | {first[0]} | {best[0]} | {'yes' if met else 'no'} |")
        if last[0]:
            table.append(f"| the same as Lucent does it | | {cell('lucent')} | | | | {last[0]} | | {'yes' if last[1] else 'no'} |")
    return table


def show(runs):
    for run in runs:
        print(f"\n{run.get('network', '')}: {run['machine']}; load {run['load']}; {run['when']}; peak {2 * run['peak'] / 1e9:.0f} GFLOP/s; threads wait"
              f" {run['wait']}\n{run['loupe']['description']}, Java {run['loupe']['java']}; PyTorch {run['peer']['torch']},"
              f" ONNX Runtime {run['peer']['onnxruntime']}, Python {run['peer']['python']}\n{run['command']}\n")
        print("\n".join(lines(run)))
        took = [f"{name} {seconds:.0f} s" for name, seconds in run.get("compiled", {}).items() if seconds is not None]
        if took:
            print("\ntorch.compile was ready after: " + ", ".join(took))
        for name, times in run["cases"].items():
            if "network" in times.get("loupe", {}):
                step, network = (statistics.median(times["loupe"][what]) for what in ("wall", "network"))
                print(f"\n{name}: of {step:.1f} ms the network takes {network:.1f}, Loupe itself {1 - network / step:.0%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", nargs="?", help="a network made by releng/zoo: inceptionv1 as safetensors, or one of torchvision's as ONNX")
    parser.add_argument("--loupe", default=str(HERE.parent.parent / "loupe"), help="how Loupe is started")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--wait", default="passive", choices=("passive", "active"), help="how OpenMP's threads wait, all programs'")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--count", type=int, default=5, help="times in a round")
    parser.add_argument("--warm", type=int, default=8, help="times before the first round")
    parser.add_argument("--warm-steps", type=int, default=100, help="optimisation steps before the first round")
    parser.add_argument("--compile-limit", type=int, default=1200, metavar="SECONDS",
                        help="leave torch.compile out of a case where it is not ready by then (standard: 1200)")
    parser.add_argument("--only-compile", action="store_true",
                        help="time nothing; let torch.compile fill its cache, for a run later on a quiet machine")
    parser.add_argument("--cases", nargs="+", choices=list(CASES) + list(ONNX_CASES))
    parser.add_argument("--who", nargs="+", help="only these")
    parser.add_argument("--out", help="where the numbers go, as JSON")
    parser.add_argument("--show", nargs="+", metavar="JSON", help="print the tables of runs that are done")
    options = parser.parse_args()
    if options.show:
        show([json.loads(pathlib.Path(file).read_text()) for pattern in options.show for file in sorted(glob.glob(pattern))])
        return
    if not options.weights:
        parser.error("which network? See README.md")
    options.cases = options.cases or list(cases_of(options.weights))
    run = measure(options)
    if run is None:
        return
    if options.out:
        temporary = pathlib.Path(options.out + ".part")
        temporary.write_text(json.dumps(run, indent=1))
        temporary.replace(options.out)
    show([run])


if __name__ == "__main__":
    main()
