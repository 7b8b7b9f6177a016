#ifndef REQLINT_FILESYSTEMS_H
#define REQLINT_FILESYSTEMS_H

/// Whether an open file or folder belongs to a file system whose files the kernel makes up when they are read, such as
/// /proc: 1 or 0, and -1 where the system does not tell.
int reqlint_is_kernel_file(int descriptor);

/// The flag of open(2) for a folder that is only passed through.
extern const int reqlint_o_path;

#endif
