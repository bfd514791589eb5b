#include "CSimulatedFiles.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { FOLDERS = 256, PATH_ROOM = 1024 };

typedef struct {
    char path[PATH_ROOM];
    size_t length;
    void *context;
    SimulatedHook hook;
    int32_t open_files;
} Folder;

// `base` first, as SQLite wants it; the system's file follows the struct.
typedef struct {
    sqlite3_file base;
    Folder *folder;
    int synchronizes_folder;  // the name of a journal goes to the medium with its first bytes
    char path[PATH_ROOM];
    sqlite3_file *real;
} File;

static pthread_mutex_t folders_lock = PTHREAD_MUTEX_INITIALIZER;
static Folder folders[FOLDERS];
static sqlite3_vfs simulated;
static sqlite3_vfs *real_vfs;

static Folder *folder_named(const char *path) {
    for (int i = 0; i < FOLDERS; i++)
        if (folders[i].hook && strcmp(folders[i].path, path) == 0) return &folders[i];
    return NULL;
}

static Folder *folder_of(const char *path) {
    Folder *found = NULL;
    if (!path) return NULL;
    pthread_mutex_lock(&folders_lock);
    for (int i = 0; i < FOLDERS && !found; i++)
        if (folders[i].hook && strncmp(path, folders[i].path, folders[i].length) == 0 && path[folders[i].length] == '/')
            found = &folders[i];
    pthread_mutex_unlock(&folders_lock);
    return found;
}

static SimulatedAnswer ask(Folder *folder, int operation, const char *path, const void *bytes, int64_t count, int64_t offset) {
    return folder->hook(folder->context, operation, path, bytes, count, offset);
}

// The folder that a file lies in.
static int synchronize_folder_of(Folder *folder, const char *path) {
    char parent[PATH_ROOM];
    strncpy(parent, path, PATH_ROOM - 1);
    parent[PATH_ROOM - 1] = 0;
    char *slash = strrchr(parent, '/');
    if (slash) *slash = 0;
    return ask(folder, SIMULATED_SYNCHRONIZE_FOLDER, parent, NULL, 0, 0).result;
}

static int file_close(sqlite3_file *base) {
    File *file = (File *)base;
    int result = file->real->pMethods->xClose(file->real);
    if (file->folder) {
        pthread_mutex_lock(&folders_lock);
        file->folder->open_files--;
        pthread_mutex_unlock(&folders_lock);
    }
    return result;
}

static int file_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    File *file = (File *)base;
    if (file->folder) {
        int result = ask(file->folder, SIMULATED_READ, file->path, NULL, count, offset).result;
        if (result) return result;
    }
    return file->real->pMethods->xRead(file->real, bytes, count, offset);
}

static int file_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    File *file = (File *)base;
    if (file->folder) {
        SimulatedAnswer answer = ask(file->folder, SIMULATED_WRITE, file->path, bytes, count, offset);
        if (answer.done > 0) file->real->pMethods->xWrite(file->real, bytes, (int)answer.done, offset);
        if (answer.result) return answer.result;
    }
    return file->real->pMethods->xWrite(file->real, bytes, count, offset);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    File *file = (File *)base;
    if (file->folder) {
        int result = ask(file->folder, SIMULATED_TRUNCATE, file->path, NULL, size, 0).result;
        if (result) return result;
    }
    return file->real->pMethods->xTruncate(file->real, size);
}

static int file_synchronize(sqlite3_file *base, int flags) {
    File *file = (File *)base;
    if (!file->folder) return file->real->pMethods->xSync(file->real, flags);
    int result = ask(file->folder, SIMULATED_SYNCHRONIZE, file->path, NULL, 0, 0).result;
    if (!result && file->synchronizes_folder) {
        // As the system's VFS: a failure is not told.
        synchronize_folder_of(file->folder, file->path);
        file->synchronizes_folder = 0;
    }
    return result;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    File *file = (File *)base;
    return file->real->pMethods->xFileSize(file->real, size);
}

static int file_lock(sqlite3_file *base, int level) {
    File *file = (File *)base;
    return file->real->pMethods->xLock(file->real, level);
}

static int file_unlock(sqlite3_file *base, int level) {
    File *file = (File *)base;
    return file->real->pMethods->xUnlock(file->real, level);
}

static int file_check_reserved_lock(sqlite3_file *base, int *result) {
    File *file = (File *)base;
    return file->real->pMethods->xCheckReservedLock(file->real, result);
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
    File *file = (File *)base;
    return file->real->pMethods->xFileControl(file->real, operation, argument);
}

static int file_sector_size(sqlite3_file *base) {
    File *file = (File *)base;
    return file->real->pMethods->xSectorSize(file->real);
}

static int file_characteristics(sqlite3_file *base) {
    File *file = (File *)base;
    return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static int file_shm_map(sqlite3_file *base, int region, int size, int extends, void volatile **memory) {
    File *file = (File *)base;
    if (file->folder && extends) {
        int result = ask(file->folder, SIMULATED_ALLOCATE, file->path, NULL, size, region).result;
        if (result) return result;
    }
    return file->real->pMethods->xShmMap(file->real, region, size, extends, memory);
}

static int file_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    File *file = (File *)base;
    return file->real->pMethods->xShmLock(file->real, offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *base) {
    File *file = (File *)base;
    file->real->pMethods->xShmBarrier(file->real);
}

static int file_shm_unmap(sqlite3_file *base, int removes) {
    File *file = (File *)base;
    return file->real->pMethods->xShmUnmap(file->real, removes);
}

// Version 2: with shared memory for the write-ahead log, without mapped pages, which could change unasked.
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_synchronize,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out) {
    (void)vfs;
    Folder *folder = folder_of(path);
    // What no one asks about is the system's file itself.
    if (!folder) return real_vfs->xOpen(real_vfs, path, base, flags, flags_out);
    File *file = (File *)base;
    memset(file, 0, sizeof *file);
    file->folder = folder;
    file->real = (sqlite3_file *)(file + 1);
    strncpy(file->path, path, PATH_ROOM - 1);
    int is_new = (flags & SQLITE_OPEN_CREATE) && access(path, F_OK) != 0;
    // A file that is not there is not opened, whatever the disk is like.
    if (is_new || access(path, F_OK) == 0) {
        int result = ask(folder, is_new ? SIMULATED_CREATE : SIMULATED_OPEN, path, NULL, 0, 0).result;
        if (result) return result;
    }
    int journals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_MASTER_JOURNAL;
    // Also of a journal that is there: who made it may have been killed before that.
    file->synchronizes_folder = (flags & SQLITE_OPEN_CREATE) && (flags & journals);
    // The system's VFS keeps the pointer: SQLite's own text, with what follows it, not the copy.
    int result = real_vfs->xOpen(real_vfs, path, file->real, flags, flags_out);
    if (file->real->pMethods) {
        base->pMethods = &methods;
        pthread_mutex_lock(&folders_lock);
        folder->open_files++;
        pthread_mutex_unlock(&folders_lock);
    }
    return result;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int synchronizes_folder) {
    (void)vfs;
    Folder *folder = folder_of(path);
    if (!folder || access(path, F_OK) != 0) return real_vfs->xDelete(real_vfs, path, folder ? 0 : synchronizes_folder);
    int result = ask(folder, SIMULATED_REMOVE, path, NULL, 0, 0).result;
    if (result) return result;
    result = real_vfs->xDelete(real_vfs, path, 0);
    if (!result && synchronizes_folder && synchronize_folder_of(folder, path)) return SQLITE_IOERR_DIR_FSYNC;
    return result;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    return real_vfs->xAccess(real_vfs, path, flags, result);
}

static int vfs_full_pathname(sqlite3_vfs *vfs, const char *path, int room, char *full) {
    (void)vfs;
    return real_vfs->xFullPathname(real_vfs, path, room, full);
}

static void *vfs_dl_open(sqlite3_vfs *vfs, const char *path) {
    (void)vfs;
    return real_vfs->xDlOpen(real_vfs, path);
}

static void vfs_dl_error(sqlite3_vfs *vfs, int room, char *message) {
    (void)vfs;
    real_vfs->xDlError(real_vfs, room, message);
}

static void (*vfs_dl_symbol(sqlite3_vfs *vfs, void *library, const char *name))(void) {
    (void)vfs;
    return real_vfs->xDlSym(real_vfs, library, name);
}

static void vfs_dl_close(sqlite3_vfs *vfs, void *library) {
    (void)vfs;
    real_vfs->xDlClose(real_vfs, library);
}

static int vfs_randomness(sqlite3_vfs *vfs, int count, char *bytes) {
    (void)vfs;
    return real_vfs->xRandomness(real_vfs, count, bytes);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return real_vfs->xSleep(real_vfs, microseconds);
}

static int vfs_current_time(sqlite3_vfs *vfs, double *days) {
    (void)vfs;
    return real_vfs->xCurrentTime(real_vfs, days);
}

static int vfs_last_error(sqlite3_vfs *vfs, int room, char *message) {
    (void)vfs;
    return real_vfs->xGetLastError(real_vfs, room, message);
}

static int vfs_current_time_64(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
    (void)vfs;
    return real_vfs->xCurrentTimeInt64(real_vfs, milliseconds);
}

int32_t simulated_files_install(void) {
    static int is_installed = 0;
    int result = SQLITE_OK;
    pthread_mutex_lock(&folders_lock);
    if (!is_installed) {
        real_vfs = sqlite3_vfs_find(NULL);
        simulated = (sqlite3_vfs){
            .iVersion = 2,
            .szOsFile = (int)sizeof(File) + real_vfs->szOsFile,
            .mxPathname = real_vfs->mxPathname,
            .zName = "simulated",
            .xOpen = vfs_open,
            .xDelete = vfs_delete,
            .xAccess = vfs_access,
            .xFullPathname = vfs_full_pathname,
            .xDlOpen = vfs_dl_open,
            .xDlError = vfs_dl_error,
            .xDlSym = vfs_dl_symbol,
            .xDlClose = vfs_dl_close,
            .xRandomness = vfs_randomness,
            .xSleep = vfs_sleep,
            .xCurrentTime = vfs_current_time,
            .xGetLastError = vfs_last_error,
            .xCurrentTimeInt64 = vfs_current_time_64,
        };
        result = sqlite3_vfs_register(&simulated, 1);
        is_installed = result == SQLITE_OK;
    }
    pthread_mutex_unlock(&folders_lock);
    return result;
}

int32_t simulated_folder_add(const char *path, void *context, SimulatedHook hook) {
    int32_t is_added = 0;
    pthread_mutex_lock(&folders_lock);
    for (int i = 0; i < FOLDERS && !is_added && strlen(path) < PATH_ROOM - 100; i++) {
        if (folders[i].hook) continue;
        strncpy(folders[i].path, path, PATH_ROOM - 1);
        folders[i].length = strlen(path);
        folders[i].context = context;
        folders[i].hook = hook;
        folders[i].open_files = 0;
        is_added = 1;
    }
    pthread_mutex_unlock(&folders_lock);
    return is_added;
}

int32_t simulated_open_files(const char *path) {
    pthread_mutex_lock(&folders_lock);
    Folder *folder = folder_named(path);
    int32_t count = folder ? folder->open_files : 0;
    pthread_mutex_unlock(&folders_lock);
    return count;
}

int32_t simulated_folder_remove(const char *path) {
    pthread_mutex_lock(&folders_lock);
    Folder *folder = folder_named(path);
    int32_t count = folder ? folder->open_files : 0;
    if (folder && count == 0) folder->hook = NULL;
    pthread_mutex_unlock(&folders_lock);
    return count;
}
