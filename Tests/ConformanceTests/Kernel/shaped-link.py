# Sends numbered packets through a shaped link between two network namespaces, and says when each came to the shaper and
# when it came out. Both namespaces belong to this process and are gone with it.
import ctypes, json, os, select, socket, struct, subprocess, sys, time

libc = ctypes.CDLL(None, use_errno=True)
NEW_NETWORK = 0x40000000
SO_TIMESTAMPNS, SO_TIMESTAMPING, SO_SNDBUFFORCE, SO_RCVBUFFORCE = 35, 37, 32, 33
# TX_SCHED: before the queueing discipline; SOFTWARE: report it; OPT_ID, OPT_CMSG, OPT_TSONLY: a number instead of the packet.
STAMPS = 1 << 8 | 1 << 4 | 1 << 7 | 1 << 10 | 1 << 11
SCM_TSTAMP_SCHED = 1
MSG_ERRQUEUE = 0x2000
HEADERS = 14 + 20 + 8

def checked(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def new_namespace():
    checked(libc.unshare(NEW_NETWORK))
    # Nothing but our packets may come to the shaper.
    for name in ("all", "default"):
        try:
            with open(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "w") as file:
                file.write("1")
        except FileNotFoundError:
            pass
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY)

def enter(namespace):
    checked(libc.setns(namespace, NEW_NETWORK))

def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout

def tc(*words):
    return run("tc", *words)

with open(sys.argv[1]) as file:
    plan = json.load(file)
# A timer goes off on the processor that set it. What leaves on one could overtake, behind the shaper, what leaves on another.
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
receiving = new_namespace()
sending = new_namespace()
addresses = {"out": ("02:00:00:00:00:01", "10.0.0.1"), "in": ("02:00:00:00:00:02", "10.0.0.2")}
queues = ("numtxqueues", "1", "numrxqueues", "1")
run("ip", "link", "add", "out", *queues, "type", "veth", "peer", "name", "in", *queues)
run("ip", "link", "set", "in", "netns", f"/proc/{os.getpid()}/fd/{receiving}")

def bring_up(name, peer):
    own, other = addresses[name], addresses[peer]
    run("ip", "link", "set", name, "address", own[0], "mtu", "1500", "up")
    run("ip", "address", "add", f"{own[1]}/24", "dev", name)
    run("ip", "neighbor", "add", other[1], "lladdr", other[0], "dev", name, "nud", "permanent")

enter(receiving)
bring_up("in", "out")
inlet = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
inlet.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 26)
inlet.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
inlet.bind((addresses["in"][1], 9))
inlet.setblocking(False)

enter(sending)
bring_up("out", "in")
outlet = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
outlet.setsockopt(socket.SOL_SOCKET, SO_SNDBUFFORCE, 1 << 26)
outlet.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 26)
outlet.connect((addresses["in"][1], 9))
outlet.setblocking(False)
# The system begins to stamp what it receives a moment after it was asked to.
time.sleep(0.03)
tc("qdisc", "add", "dev", "out", "root", "handle", "1:", "tbf", *plan["settings"])
outlet.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPING, STAMPS)

def moment(data):
    seconds, nanoseconds = struct.unpack("qq", data[:16])
    return seconds * 1_000_000_000 + nanoseconds

arrivals, departures, changes = {}, [], []

def collect():
    while True:
        try:
            _, ancillary, _, _ = outlet.recvmsg(1, 1024, MSG_ERRQUEUE)
        except BlockingIOError:
            break
        stamp = number = None
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPING:
                stamp = moment(data)
            elif level == socket.IPPROTO_IP:
                _, origin, _, _, _, info, number = struct.unpack("IBBBBII", data[:16])
                if info != SCM_TSTAMP_SCHED:
                    number = None
        if stamp is not None and number is not None:
            arrivals[number] = stamp
    while True:
        try:
            data, ancillary, _, _ = inlet.recvmsg(2048, 256)
        except BlockingIOError:
            break
        stamps = [moment(data) for level, kind, data in ancillary if kind == SO_TIMESTAMPNS]
        departures.append([struct.unpack_from("I", data)[0], len(data) + HEADERS, stamps[0]])

def now():
    return time.clock_gettime_ns(time.CLOCK_REALTIME)

actions = [(at, "send", number, length) for number, (at, length) in enumerate(plan["packets"])]
actions += [(change["at"], "tc", change["words"], None) for change in plan["changes"]]
actions.sort(key=lambda action: action[0])
body = bytes(2048)
begin = time.monotonic_ns() + 5_000_000
for at, kind, what, length in actions:
    wait = begin + at - time.monotonic_ns()
    if wait > 0:
        time.sleep(wait / 1e9)
    if kind == "send":
        outlet.send(struct.pack("I", what) + body[: length - HEADERS - 4])
    else:
        before = now()
        tc("qdisc", *what)
        changes.append([before, now()])

def counters():
    found = [entry for entry in json.loads(tc("-s", "-j", "qdisc", "show", "dev", "out")) if entry["kind"] == "tbf"]
    return found[0] if found else None

patience = time.monotonic() + 10
time.sleep(plan["rest"] / 1e9)
state = counters()
while state and state["backlog"] > 0 and time.monotonic() < patience:
    time.sleep(0.02)
    state = counters()
# What left the shaper last is still on its way to the socket.
for _ in range(100):
    collect()
    if state is None or len(departures) >= state["packets"]:
        break
    time.sleep(0.01)
keys = ("bytes", "packets", "drops", "overlimits", "backlog")
json.dump({
    "arrivals": [arrivals.get(number) for number in range(len(plan["packets"]))],
    "departures": departures,
    "changes": changes,
    "counters": {key: state[key] for key in keys} if state else None,
}, sys.stdout)
