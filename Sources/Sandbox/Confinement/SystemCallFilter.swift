/// The system calls that no program in a sandbox may make, as a seccomp filter in classic BPF.
///
/// A second wall behind the namespaces, and the only one around what they do not cover: memory that no limit counts (`memfd_create`,
/// System V segments), sockets of families without a namespace (such as those to a hypervisor), and parts of the kernel that a short
/// program never needs. A refused call fails with EPERM.
struct SystemCallFilter: Sendable {
    /// In the machine's order of bytes, as bubblewrap reads it.
    let bytes: [UInt8]

    /// The filter for the processor that this program was built for; nil where its numbers are not known.
    static let native: SystemCallFilter? = {
        #if arch(x86_64)
            SystemCallFilter(architecture: 0xC000_003E, refused: x86)
        #elseif arch(arm64)
            SystemCallFilter(architecture: 0xC000_00B7, refused: arm)
        #else
            nil
        #endif
    }()

    init(architecture: UInt32, refused: [UInt32]) {
        precondition(refused.count < 200, "jumps of BPF reach over 255 instructions, not over \(refused.count) and more")
        let (load, equal, atLeast, answer) = (UInt16(0x20), UInt16(0x15), UInt16(0x35), UInt16(0x06))
        let (kill, refuse, allow) = (UInt32(0x8000_0000), UInt32(0x0005_0001), UInt32(0x7FFF_0000))
        var code: [(code: UInt16, ifTrue: UInt8, ifFalse: UInt8, value: UInt32)] = [
            (load, 0, 0, 4),  // the architecture
            (equal, 1, 0, architecture),
            (answer, 0, 0, kill),
            (load, 0, 0, 0),  // the call's number
            (atLeast, UInt8(refused.count + 1), 0, 0x4000_0000),  // calls of x32
        ]
        for (place, number) in refused.enumerated() { code.append((equal, UInt8(refused.count - place), 0, number)) }
        code += [(answer, 0, 0, allow), (answer, 0, 0, refuse)]
        bytes = code.flatMap { line in
            [UInt8(line.code & 0xFF), UInt8(line.code >> 8), line.ifTrue, line.ifFalse]
                + (0..<4).map { UInt8(truncatingIfNeeded: line.value >> (8 * $0)) }
        }
    }

    /// Same numbers on every architecture: newer calls for mounts, rings, and other processes' descriptors and memory.
    private static let shared: [UInt32] = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 447]

    private static let x86: [UInt32] =
        shared + [
            41,  // socket
            29, 30, 64, 68, 240,  // shmget shmat semget msgget mq_open
            319, 323, 278,  // memfd_create userfaultfd vmsplice
            101, 310, 311, 312,  // ptrace process_vm_readv process_vm_writev kcmp
            155, 161, 165, 166, 272, 308,  // pivot_root chroot mount umount2 unshare setns
            248, 249, 250,  // add_key request_key keyctl
            298, 300, 303, 304, 321,  // perf_event_open fanotify_init name_to_handle_at open_by_handle_at bpf
            246, 320, 175, 313, 176,  // kexec_load kexec_file_load init_module finit_module delete_module
            159, 164, 227, 305,  // adjtimex settimeofday clock_settime clock_adjtime
            103, 135, 153, 154, 163, 167, 168, 169, 170, 171, 172, 173, 179,  // syslog personality vhangup modify_ldt acct swapon …
            237, 238, 256, 279,  // mbind set_mempolicy migrate_pages move_pages
        ]

    private static let arm: [UInt32] =
        shared + [
            198,  // socket
            194, 196, 190, 186, 180,  // shmget shmat semget msgget mq_open
            279, 282, 75,  // memfd_create userfaultfd vmsplice
            117, 270, 271, 272,  // ptrace process_vm_readv process_vm_writev kcmp
            41, 51, 40, 39, 97, 268,  // pivot_root chroot mount umount2 unshare setns
            217, 218, 219,  // add_key request_key keyctl
            241, 262, 264, 265, 280,  // perf_event_open fanotify_init name_to_handle_at open_by_handle_at bpf
            104, 294, 105, 273, 106,  // kexec_load kexec_file_load init_module finit_module delete_module
            171, 170, 112, 266,  // adjtimex settimeofday clock_settime clock_adjtime
            116, 92, 58, 89, 224, 225, 142, 161, 162, 60,  // syslog personality vhangup acct swapon swapoff reboot …
            235, 237, 238, 239,  // mbind set_mempolicy migrate_pages move_pages
        ]
}
