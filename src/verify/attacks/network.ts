import type { Attack } from './attack.ts';
import { python } from './program.ts';

/** Leaving the machine, or reaching another process on it, by any kind of socket. Only the runner's own are tried. */
export const network: readonly Attack[] = (
  [
    {
      name: 'tcp',
      what: 'No connection to a listening socket, over IPv4.',
      program: (_solver, { tcpPort }) => python`
        import socket
        refused(lambda: socket.create_connection(("127.0.0.1", ${tcpPort}), 1).send(b"x"))
      `,
    },
    {
      name: 'tcp-over-ipv6',
      what: 'No connection to a listening socket, over IPv6.',
      program: (_solver, { tcpPort }) => python`
        import socket
        def connect(address):
            with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as link:
                link.settimeout(1)
                link.connect((address, ${tcpPort}))
                return address
        refused(lambda: connect("::1"))
        refused(lambda: connect("::ffff:127.0.0.1"))
      `,
    },
    {
      name: 'udp',
      what: 'No datagram leaves.',
      program: (_solver, { udpPort }) => python`
        import socket
        refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", ${udpPort})))
      `,
    },
    {
      name: 'name-lookup',
      what: 'No name is looked up.',
      program: () => python`
        import socket
        refused(lambda: socket.getaddrinfo("evom-attack.invalid", 80))
        refused(lambda: socket.gethostbyaddr("127.0.0.1"))
      `,
    },
    {
      name: 'unix-socket',
      what: 'No connection to a socket with a path.',
      program: (_solver, { socketPath }) => python`
        import socket
        def connect():
            socket.socket(socket.AF_UNIX).connect("${socketPath}")
            return "connected"
        refused(connect)
      `,
    },
    {
      name: 'abstract-socket',
      what: 'No connection to a socket with an abstract name.',
      program: (_solver, { abstractName }) => python`
        import socket
        def connect():
            socket.socket(socket.AF_UNIX).connect("\0${abstractName}")
            return "connected"
        refused(connect)
      `,
    },
    {
      name: 'listen',
      what: 'No port is opened to the outside.',
      program: (_solver, { freePort }) => python`
        import socket
        def listen(family, address):
            server = socket.socket(family)
            server.bind(address)
            server.listen()
            time.sleep(0.5)
            return address
        refused(lambda: listen(socket.AF_INET, ("127.0.0.1", ${freePort})))
        refused(lambda: listen(socket.AF_INET6, ("::1", ${freePort})))
        refused(lambda: listen(socket.AF_UNIX, "here.sock"))
        refused(lambda: listen(socket.AF_UNIX, "\0evom-attack-listens"))
      `,
    },
    {
      name: 'other-families',
      what: 'No socket of any family or kind can be made.',
      program: () => python`
        for family in range(1, 46):
            for kind in (1, 2, 3, 5):
                if call("socket", family, kind, 0) >= 0:
                    leak((family, kind))
        tried()
      `,
    },
    {
      name: 'netlink',
      what: 'The routing and audit tables of the kernel cannot be asked.',
      program: () => python`
        import socket
        for protocol in (0, 4, 6, 9, 15, 16):
            refused(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol).bind((0, 0)))
      `,
    },
    {
      name: 'raw-packets',
      what: 'No raw packets.',
      program: () => python`
        import socket
        refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
        refused(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3))
        refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP))
      `,
    },
    {
      name: 'pass-descriptors',
      what: 'No pair of sockets, so no descriptor can be passed or kept where its limit does not count.',
      program: () => python`
        import socket
        def keep():
            left, right = socket.socketpair()
            socket.send_fds(left, [b"x"], [3])
            return "kept"
        refused(keep)
        attempt("socketpair", 1, 1, 0, ctypes.create_string_buffer(8))
      `,
    },
    {
      name: 'io-uring',
      what: 'The second way to every system call is closed.',
      program: () => python`
        attempt("io_uring_setup", 8, ctypes.create_string_buffer(120))
      `,
    },
  ] satisfies readonly Omit<Attack, 'group'>[]
).map((attack) => ({ certifiable: 'nothing', ...attack, group: 'network' }));
