// Glibc's module for Swift does not have statfs, and the names of file systems are macros.

#define _GNU_SOURCE
#include "filesystems.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>

const int reqlint_o_path = O_PATH;

int reqlint_is_kernel_file(int descriptor) {
  struct statfs system;
  if (fstatfs(descriptor, &system) != 0) return -1;
  switch ((unsigned int)system.f_type) {
    case PROC_SUPER_MAGIC:
    case SYSFS_MAGIC:
    case DEBUGFS_MAGIC:
    case TRACEFS_MAGIC:
    case CGROUP_SUPER_MAGIC:
    case CGROUP2_SUPER_MAGIC:
    case SECURITYFS_MAGIC:
    case SELINUX_MAGIC:
    case SMACK_MAGIC:
    case BPF_FS_MAGIC:
    case PSTOREFS_MAGIC:
    case EFIVARFS_MAGIC:
    case BINFMTFS_MAGIC:
    case DEVPTS_SUPER_MAGIC:
    case NSFS_MAGIC:
    case BINDERFS_SUPER_MAGIC:
    case ANON_INODE_FS_MAGIC:
    case OPENPROM_SUPER_MAGIC:
    case USBDEVICE_SUPER_MAGIC:
    case XENFS_SUPER_MAGIC:
    case SOCKFS_MAGIC:
    // In sources of the kernel alone: configfs, apparmorfs, fusectl, mqueue, rpc_pipefs, nfsd, pidfs, dma-buf,
    // resctrl.
    case 0x62656570:
    case 0x5A3C69F0:
    case 0x65735543:
    case 0x19800202:
    case 0x67596969:
    case 0x6E667364:
    case 0x50494446:
    case 0x444D4142:
    case 0x7655821:
      return 1;
    default:
      return 0;
  }
}
