import CKernels

/// The system's allocator, which everything of the process shares.
public enum Allocator {
    /// From this size up a block is given back to the system once it is let go of, in bytes.
    private static let largeBlock: Int32 = 1 << 20

    /// Stops the allocator from keeping large blocks; for a program to call once, before it works.
    ///
    /// glibc keeps blocks of up to 32 MB for later, once some of that size were let go of, and puts small ones into them: the default GRPO
    /// run held a fifth more at its peak, and more with every generation, and was no faster.
    public static func returnLargeBlocks() { ck_return_large_blocks(largeBlock) }
}
