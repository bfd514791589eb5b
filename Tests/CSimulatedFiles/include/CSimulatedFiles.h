// A SQLite VFS that asks before each operation on files below chosen folders, and passes all others on to the system's VFS.
//
// What it is told decides: do it, fail with a SQLite result code, or write a part and then fail. Nothing is synchronised for real:
// what is on the medium is for the one who is asked to know.
#ifndef CSIMULATEDFILES_H
#define CSIMULATEDFILES_H

#include <stdint.h>

// The values are those of `FileOperation` in SimulatedWorld.
enum {
    SIMULATED_OPEN = 0,
    SIMULATED_CREATE = 1,
    SIMULATED_READ = 2,
    SIMULATED_WRITE = 3,
    SIMULATED_TRUNCATE = 4,
    SIMULATED_SYNCHRONIZE = 5,
    SIMULATED_SYNCHRONIZE_FOLDER = 6,
    SIMULATED_REMOVE = 7,
    SIMULATED_ALLOCATE = 8
};

typedef struct {
    int32_t result;  // 0: do it; else the SQLite result code to fail with
    int64_t done;    // of a write that fails: how many bytes reach the file first
} SimulatedAnswer;

// Called before each operation; `path` is absolute, `bytes` is what is to be written or NULL.
typedef SimulatedAnswer (*SimulatedHook)(
    void *context, int32_t operation, const char *path, const void *bytes, int64_t count, int64_t offset);

// Makes the VFS the default one of the process; returns a SQLite result code. Calling it again changes nothing.
int32_t simulated_files_install(void);

// Asks `hook` about all files below `folder`, an absolute path without symbolic links. Returns 0 where there is no room for one more.
int32_t simulated_folder_add(const char *folder, void *context, SimulatedHook hook);

// Stops asking; returns how many of its files are still open, in which case nothing was changed.
int32_t simulated_folder_remove(const char *folder);

// How many files below the folder SQLite holds open.
int32_t simulated_open_files(const char *folder);

#endif
