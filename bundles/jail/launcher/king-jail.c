/*
 * king-jail: gives up everything a process can give up for itself, then becomes another program, once.
 *
 *   king-jail OPTION... -- PROGRAM ARGUMENT...
 *
 *   --cgroup FILE      join the cgroup whose cgroup.procs this is (may be repeated)
 *   --uid N            as root: become this user and group, with no other groups
 *   --limit NAME=N     a hard resource limit: as fsize nofile nproc memlock core stack cpu (nproc counts the jailed user's tasks only)
 *   --one-cpu          stay on one CPU
 *   --read PATH        may be read, with everything below (may be repeated)
 *   --write PATH       may be read and changed, with everything below (may be repeated)
 *   --filter FILE      seccomp program (array of struct sock_filter) for the program and all its threads
 *   --chdir PATH       where the program starts
 *   --walled           a mount namespace limits the files already: Landlock as well where there is one, and no failure where not
 *   --outer            prepare only (cgroup, user, limits, CPU, descriptors, environment): the program confines further
 *
 * The program starts with an empty environment, with standard input, output and error and no other descriptor, dies with its
 * parent, can gain no privilege, can start no second program, and can signal nobody but itself. Whatever cannot be set ends this
 * launcher with status 126 and one line on standard error: a program never runs with less than was asked for.
 *
 * No library beyond libc and no kernel header newer than 2012 is needed: what is newer is defined here.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATHS 512
#define CANNOT 126

/* Kernel interface, spelled out so that old headers do not weaken the jail. */
#define SECCOMP_MODE 2
#define SECCOMP_ALLOW 0x7fff0000U
#define SECCOMP_REFUSE (0x00050000U | EPERM)
struct call { /* struct seccomp_data */
    int nr;
    uint32_t arch;
    uint64_t pointer;
    uint64_t args[6];
};
#define LOW(n) (offsetof(struct call, args) + 8 * (n)) /* both supported machines are little endian */
#define HIGH(n) (LOW(n) + 4)

#define NR_LANDLOCK_CREATE 444
#define NR_LANDLOCK_ADD 445
#define NR_LANDLOCK_RESTRICT 446
#define LANDLOCK_VERSION 1U
#define LANDLOCK_BENEATH 1
struct ruleset {
    uint64_t files, net, scoped;
};
struct beneath {
    uint64_t access;
    int32_t parent;
} __attribute__((packed));
#define FS_EXECUTE (1ULL << 0)
#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_REFER (1ULL << 13)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define FS_FIRST_ABI ((1ULL << 13) - 1) /* everything that the first version knew */
#define FS_DEVICES (1ULL << 6 | 7ULL << 9) /* devices, sockets and pipes with a name */
#define FS_OF_A_FILE (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)
#define NET_TCP 3ULL    /* bind and connect */
#define SCOPE_ALL 3ULL  /* abstract UNIX sockets and signals */

struct limit {
    const char *name;
    int resource;
};
static const struct limit LIMITS[] = {
    {"as", RLIMIT_AS},           {"fsize", RLIMIT_FSIZE}, {"nofile", RLIMIT_NOFILE}, {"nproc", RLIMIT_NPROC},
    {"memlock", RLIMIT_MEMLOCK}, {"core", RLIMIT_CORE},   {"stack", RLIMIT_STACK},   {"cpu", RLIMIT_CPU},
};

struct wish {
    const char *cgroups[PATHS], *reads[PATHS], *writes[PATHS], *limits[PATHS];
    int cgroup_count, read_count, write_count, limit_count;
    const char *filter, *chdir;
    long uid;
    int one_cpu, outer, walled;
    char **program;
};

static void refuse(const char *what, const char *which) {
    fprintf(stderr, "king-jail: %s%s%s: %s\n", what, which ? " " : "", which ? which : "", strerror(errno));
    exit(CANNOT);
}

static void misuse(const char *what, const char *which) {
    fprintf(stderr, "king-jail: %s %s\n", what, which ? which : "");
    exit(CANNOT);
}

static void add(const char **list, int *count, const char *value) {
    if (*count == PATHS) misuse("too many of one option:", value);
    list[(*count)++] = value;
}

static struct wish parse(int argc, char **argv) {
    static struct wish wish;
    wish.uid = -1;
    for (int i = 1; i < argc; i++) {
        const char *option = argv[i];
        if (!strcmp(option, "--")) {
            wish.program = argv + i + 1;
            break;
        }
        if (!strcmp(option, "--one-cpu")) { wish.one_cpu = 1; continue; }
        if (!strcmp(option, "--outer")) { wish.outer = 1; continue; }
        if (!strcmp(option, "--walled")) { wish.walled = 1; continue; }
        if (++i == argc) misuse("no value for", option);
        if (!strcmp(option, "--cgroup")) add(wish.cgroups, &wish.cgroup_count, argv[i]);
        else if (!strcmp(option, "--read")) add(wish.reads, &wish.read_count, argv[i]);
        else if (!strcmp(option, "--write")) add(wish.writes, &wish.write_count, argv[i]);
        else if (!strcmp(option, "--limit")) add(wish.limits, &wish.limit_count, argv[i]);
        else if (!strcmp(option, "--filter")) wish.filter = argv[i];
        else if (!strcmp(option, "--chdir")) wish.chdir = argv[i];
        else if (!strcmp(option, "--uid")) wish.uid = strtol(argv[i], NULL, 10);
        else misuse("unknown option", option);
    }
    if (!wish.program || !wish.program[0]) misuse("no program", NULL);
    if (!wish.outer && !wish.filter) misuse("a program needs --filter, or --outer", NULL);
    return wish;
}

static void join_cgroups(const struct wish *wish) {
    for (int i = 0; i < wish->cgroup_count; i++) {
        int fd = open(wish->cgroups[i], O_WRONLY | O_CLOEXEC);
        if (fd < 0 || write(fd, "0", 1) != 1) refuse("cannot join", wish->cgroups[i]);
        close(fd);
    }
}

static void close_inherited(void) {
#ifdef SYS_close_range
    if (!syscall(SYS_close_range, 3U, ~0U, 0U)) return;
#endif
    long open_max = sysconf(_SC_OPEN_MAX);
    for (int fd = 3; fd < (open_max > 0 ? open_max : 65536); fd++) close(fd);
}

/* A capability set of nothing, also for what is executed later. Root without capabilities is a user like any other. */
static void drop_capabilities(void) {
    struct { uint32_t version; int pid; } header = {0x20080522, 0};
    struct { uint32_t effective, permitted, inheritable; } none[2] = {{0, 0, 0}, {0, 0, 0}};
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++) {
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) && errno != EPERM) refuse("cannot drop capability", NULL);
    }
    if (syscall(SYS_capset, &header, none)) refuse("cannot drop capabilities", NULL);
}

static void become(const struct wish *wish) {
    if (wish->uid > 0) {
        if (setgroups(0, NULL)) refuse("cannot leave the groups", NULL);
        if (setresgid(wish->uid, wish->uid, wish->uid)) refuse("cannot become the group", NULL);
        if (setresuid(wish->uid, wish->uid, wish->uid)) refuse("cannot become the user", NULL);
    }
    /* Inside bubblewrap the capabilities of the new user namespace are dropped here as well. */
    if (!wish->outer) drop_capabilities();
}

/* Tasks that the user of this process has already, so that a limit on tasks counts only the ones to come; 0 where /proc is hidden. */
static long tasks_of_this_user(void) {
    char path[300], line[256];
    struct stat owner;
    struct dirent *entry;
    long tasks = 0;
    DIR *processes = opendir("/proc");
    if (!processes) return 0;
    while ((entry = readdir(processes))) {
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
        snprintf(path, sizeof path, "/proc/%s/status", entry->d_name);
        FILE *status = fopen(path, "re");
        if (!status) continue;
        if (!fstat(fileno(status), &owner) && owner.st_uid == getuid()) {
            while (fgets(line, sizeof line, status)) {
                if (!strncmp(line, "Threads:", 8)) tasks += strtol(line + 8, NULL, 10);
            }
        }
        fclose(status);
    }
    closedir(processes);
    return tasks;
}

static void limit(const struct wish *wish) {
    for (int i = 0; i < wish->limit_count; i++) {
        const char *value = strchr(wish->limits[i], '=');
        const struct limit *known = NULL;
        for (size_t k = 0; value && k < sizeof LIMITS / sizeof *LIMITS; k++) {
            if (strlen(LIMITS[k].name) == (size_t)(value - wish->limits[i])
                    && !strncmp(LIMITS[k].name, wish->limits[i], value - wish->limits[i])) known = &LIMITS[k];
        }
        if (!known) misuse("unknown limit", wish->limits[i]);
        struct rlimit now, then;
        if (getrlimit(known->resource, &now)) refuse("cannot read limit", wish->limits[i]);
        rlim_t most = strtoull(value + 1, NULL, 10);
        if (known->resource == RLIMIT_NPROC) most += tasks_of_this_user();
        then.rlim_max = then.rlim_cur = most < now.rlim_max ? most : now.rlim_max;
        if (setrlimit(known->resource, &then)) refuse("cannot limit", wish->limits[i]);
    }
}

static void stay_on_one_cpu(void) {
    cpu_set_t all, one;
    if (sched_getaffinity(0, sizeof all, &all)) refuse("cannot read the CPUs", NULL);
    int nth = getpid() % CPU_COUNT(&all);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &all) || nth-- > 0) continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        if (sched_setaffinity(0, sizeof one, &one)) refuse("cannot stay on one CPU", NULL);
        return;
    }
}

static void allow(int rules, const char *path, uint64_t access, uint64_t handled) {
    struct stat is;
    struct beneath rule = {.access = access & handled, .parent = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent < 0 || fstat(rule.parent, &is)) refuse("cannot open", path);
    if (!S_ISDIR(is.st_mode)) rule.access &= FS_OF_A_FILE;
    if (syscall(NR_LANDLOCK_ADD, rules, LANDLOCK_BENEATH, &rule, 0)) refuse("cannot allow", path);
    close(rule.parent);
}

/* The kernel opens the loader named in the program for execution, too. */
static void allow_loader(int rules, int program, uint64_t handled) {
    Elf64_Ehdr header;
    Elf64_Phdr part;
    char path[4096];
    if (pread(program, &header, sizeof header, 0) != sizeof header || memcmp(header.e_ident, ELFMAG, SELFMAG)) {
        errno = ENOEXEC;
        refuse("no program of this machine", NULL);
    }
    for (int i = 0; i < header.e_phnum; i++) {
        if (pread(program, &part, sizeof part, header.e_phoff + (off_t)i * header.e_phentsize) != sizeof part) return;
        if (part.p_type != PT_INTERP || part.p_filesz > sizeof path) continue;
        if (pread(program, path, part.p_filesz, part.p_offset) != (ssize_t)part.p_filesz) return;
        allow(rules, path, FS_EXECUTE | FS_READ_FILE, handled);
    }
}

static void restrict_files(const struct wish *wish, int program) {
    long abi = syscall(NR_LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION);
    if (abi < 1 && wish->walled) return;
    if (abi < 1) refuse("no Landlock here", NULL);
    struct ruleset set = {FS_FIRST_ABI, 0, 0};
    if (abi >= 2) set.files |= FS_REFER;
    if (abi >= 3) set.files |= FS_TRUNCATE;
    if (abi >= 4) set.net = NET_TCP;
    if (abi >= 5) set.files |= FS_IOCTL_DEV;
    if (abi >= 6) set.scoped = SCOPE_ALL;
    int rules = syscall(NR_LANDLOCK_CREATE, &set, abi >= 6 ? 24 : abi >= 4 ? 16 : 8, 0);
    if (rules < 0) refuse("cannot make Landlock rules", NULL);
    for (int i = 0; i < wish->read_count; i++) allow(rules, wish->reads[i], FS_READ_FILE | FS_READ_DIR, set.files);
    for (int i = 0; i < wish->write_count; i++) {
        allow(rules, wish->writes[i], set.files & ~(FS_EXECUTE | FS_DEVICES | FS_IOCTL_DEV), set.files);
    }
    allow(rules, wish->program[0], FS_EXECUTE | FS_READ_FILE, set.files);
    allow_loader(rules, program, set.files);
    if (syscall(NR_LANDLOCK_RESTRICT, rules, 0)) refuse("cannot enforce Landlock", NULL);
    close(rules);
}

static void install(struct sock_filter *code, size_t count, const char *name) {
    struct sock_fprog program = {.len = count, .filter = code};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE, &program, 0, 0)) refuse("cannot install the filter", name);
}

/* Read while the file can still be read. */
static struct sock_filter filter[4096];
static size_t filter_count;

static void read_filter(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, filter, sizeof filter);
    if (size <= 0 || size % sizeof *filter) refuse("cannot read the filter", path);
    filter_count = size / sizeof *filter;
    close(fd);
}

#define IS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), yes, no)
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, value)

/*
 * Lets execveat through when the unused upper halves of two of its int arguments hold a random 64-bit number that only this
 * function knows: the kernel ignores them, the filter does not, and no program can read a filter back. So this
 * process can start the program, and the program nothing. Signals go to this process only (its number stays the same).
 */
static void become_once(const struct wish *wish, int program) {
    uint32_t secret[2];
    char *environment[] = {NULL};
    if (syscall(SYS_getrandom, secret, sizeof secret, 0) != sizeof secret) refuse("no random numbers", NULL);
    struct sock_filter once[] = {
        LOAD(offsetof(struct call, nr)),
        IS(SYS_execve, 11, 0),
        IS(SYS_execveat, 3, 0),
        IS(SYS_kill, 7, 0),
        IS(SYS_tgkill, 6, 0),
        RETURN(SECCOMP_ALLOW),
        LOAD(HIGH(0)),
        IS(secret[0], 0, 5),
        LOAD(HIGH(4)),
        IS(secret[1], 0, 3),
        RETURN(SECCOMP_ALLOW),
        LOAD(LOW(0)),
        IS(getpid(), 1, 0),
        RETURN(SECCOMP_REFUSE),
        RETURN(SECCOMP_ALLOW),
    };
    install(once, sizeof once / sizeof *once, "of the launcher");
    install(filter, filter_count, wish->filter);
    syscall(SYS_execveat, (uint64_t)secret[0] << 32 | (uint32_t)program, "", wish->program, environment,
            (uint64_t)secret[1] << 32 | AT_EMPTY_PATH);
    refuse("cannot start", wish->program[0]);
}

int main(int argc, char **argv) {
    struct wish wish = parse(argc, argv);
    char *environment[] = {NULL};
    pid_t parent = getppid();
    close_inherited();
    umask(077);
    join_cgroups(&wish);
    if (wish.filter) read_filter(wish.filter);
    if (wish.chdir && wish.uid <= 0 && chdir(wish.chdir)) refuse("cannot go to", wish.chdir);
    become(&wish);
    if (wish.chdir && wish.uid > 0 && chdir(wish.chdir)) refuse("cannot go to", wish.chdir);
    /* After the change of user, which would clear it. A parent that died meanwhile sends no signal any more. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)) refuse("cannot follow the parent", NULL);
    if (getppid() != parent) return CANNOT;
    setsid();
    if (wish.one_cpu) stay_on_one_cpu();
    limit(&wish);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) refuse("cannot renounce privileges", NULL);
    if (wish.outer) {
        execve(wish.program[0], wish.program, environment);
        refuse("cannot start", wish.program[0]);
    }
    int program = open(wish.program[0], O_RDONLY | O_CLOEXEC);
    if (program < 0) refuse("cannot open", wish.program[0]);
    restrict_files(&wish, program);
    become_once(&wish, program);
}
