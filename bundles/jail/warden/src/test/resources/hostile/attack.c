/*
 * Native code in the jail. Each attempt that succeeds sets its bit; the numbers of the bits are the order below. Compiled by the
 * test with SECRET (a file outside), OUTSIDE (a folder outside that everybody may write) and PORT (a service on this machine).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int reached(int bit, int success) { return success ? 1 << bit : 0; }

static int child(long pid) {
    if (pid == 0) _exit(0);
    if (pid > 0) waitpid(pid, NULL, 0);
    return pid > 0;
}

static int tcp(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof to);
}

static int raise_limit(void) {
    struct rlimit more = {4096, 4096};
    return !setrlimit(RLIMIT_NOFILE, &more);
}

static int clone3_fork(void) {
    unsigned long arguments[11] = {0};
    arguments[4] = SIGCHLD;
    return child(syscall(SYS_clone3, arguments, 64));
}

static int thread_with_namespace(void) {
    return syscall(SYS_clone, CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_NEWUSER, 0, 0, 0, 0) >= 0;
}

static int peek_parent(void) {
    char here[8];
    struct iovec local = {here, sizeof here}, remote = {here, sizeof here};
    return process_vm_readv(getppid(), &local, 1, &remote, 1, 0) >= 0;
}

int Java_ai_king_jail_warden_Deeds_attack(void *env, void *type) {
    char *const arguments[] = {"/bin/sh", "-c", "exit 0", NULL};
    char *const environment[] = {NULL};
    int set = 0;
    (void)env;
    (void)type;
    set |= reached(0, open(SECRET, O_RDONLY) >= 0);
    set |= reached(1, open(OUTSIDE "/escaped", O_CREAT | O_WRONLY, 0666) >= 0);
    set |= reached(2, !chmod(SECRET, 0777));
    set |= reached(3, !unlink(OUTSIDE "/victim"));
    set |= reached(4, !rename(OUTSIDE "/victim", OUTSIDE "/moved"));
    set |= reached(5, tcp());
    set |= reached(6, socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    set |= reached(7, socket(AF_NETLINK, SOCK_RAW, 0) >= 0);
    set |= reached(8, child(fork()));
    set |= reached(9, child(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)));
    set |= reached(10, clone3_fork());
    set |= reached(11, thread_with_namespace());
    set |= reached(12, !truncate(SECRET, 0));
    set |= reached(13, !kill(getppid(), 0) && getppid() > 1);
    set |= reached(14, !kill(-1, 0));
    set |= reached(15, ptrace(PTRACE_TRACEME, 0, 0, 0) != -1);
    set |= reached(16, peek_parent());
    set |= reached(17, syscall(SYS_bpf, 0, 0, 0) >= 0);
    set |= reached(18, !mount("none", "/", "tmpfs", 0, NULL));
    set |= reached(19, !unshare(CLONE_NEWUSER));
    set |= reached(20, syscall(SYS_memfd_create, "x", 0) >= 0);
    set |= reached(21, !prctl(PR_SET_PDEATHSIG, 0));
    set |= reached(22, raise_limit());
    set |= reached(23, !symlink(SECRET, "link") && open("link", O_RDONLY) >= 0);
    set |= reached(24, !link(SECRET, "hard"));
    set |= reached(25, syscall(425, 1, environment) >= 0); /* io_uring_setup */
    set |= reached(26, open("/proc/self/environ", O_RDONLY) >= 0);
    /* What follows, where it succeeds, replaces this program. */
    fprintf(stderr, "native attempts that succeeded: %x\n", set);
    set |= reached(27, syscall(SYS_execveat, AT_FDCWD, "/bin/sh", arguments, environment, 0) >= 0);
    set |= reached(28, execve("/bin/sh", arguments, environment) >= 0);
    return set;
}
