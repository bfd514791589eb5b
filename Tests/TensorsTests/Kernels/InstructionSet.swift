import CKernels

/// One of the kernels' instruction sets.
///
/// A switch holds for the whole process, so tests switch in processes of their own only.
enum InstructionSet: String, CaseIterable, Sendable, Codable {
    case baseline
    case avx2
    case avx512

    /// The sets of this machine: the one chosen at start and those below it.
    static let available: [InstructionSet] = {
        let best = InstructionSet(rawValue: unsafe String(cString: ck_instruction_set())) ?? .baseline
        return Array(allCases.prefix(through: allCases.firstIndex(of: best) ?? 0))
    }()

    /// Makes all kernels of this process those of this set; false where the machine has not got it.
    func use() -> Bool {
        let name: StaticString =
            switch self {
            case .baseline: "baseline"
            case .avx2: "avx2"
            case .avx512: "avx512"
            }
        // The kernels keep the pointer, so it must be a literal's.
        return unsafe ck_use_instruction_set(UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 1
    }
}
