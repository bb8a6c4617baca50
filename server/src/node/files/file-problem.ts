/** Why a file cannot be read or written, as a clause with the file as subject: "is a symbolic link". */
export class FileProblem extends Error {
  override name = 'FileProblem';
}

/** System errors about a file by code (errno(3)), as clauses with the file as subject. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'does not exist'],
  ['ENOTDIR', 'lies below something that is not a folder'],
  ['EISDIR', 'is a folder'],
  ['EACCES', 'cannot be accessed: permission denied'],
  ['EPERM', 'cannot be accessed: the system does not permit it'],
  ['EROFS', 'is on a read-only file system'],
  ['ENOSPC', 'cannot be written: no space is left on the disk'],
  ['EDQUOT', 'cannot be written: the disk quota is used up'],
  ['EFBIG', 'cannot be written: it is too large for the file system'],
  ['EMFILE', 'cannot be opened: this process has too many files open'],
  ['ENFILE', 'cannot be opened: this machine has too many files open'],
  ['ENOMEM', 'cannot be read: the machine is out of memory'],
  ['ELOOP', 'is a symbolic link that cannot be followed'],
  ['ENAMETOOLONG', 'has a path that is too long'],
  ['EINVAL', 'has a path that the system does not accept'],
  ['EIO', 'cannot be accessed: the disk reports an input/output error'],
  ['EBUSY', 'is in use by another program'],
  ['ETXTBSY', 'is in use by another program'],
  ['EEXIST', 'exists already'],
  ['EXDEV', 'cannot be replaced across file systems'],
  ['ENXIO', 'is not a regular file'],
  ['ENODEV', 'is not a regular file'],
  ['ESTALE', 'is no longer there for this machine: mount its file system again'],
  ['ETIMEDOUT', 'cannot be accessed: its file system does not answer'],
]);

/** Returns why a file could not be read or written, as a clause; undefined if the error is not about a file. */
export function reasonOf(error: unknown): string | undefined {
  // By name, as each bundle has a class of its own.
  if (error instanceof Error && error.name === 'FileProblem') return error.message;
  const code = systemCode(error);
  return code === undefined ? undefined : (REASONS.get(code) ?? `cannot be accessed (${code})`);
}

/** Returns why a file could not be written, as a clause. A file that is not there yet is no obstacle, but its folder is. */
export function whyNotWritten(error: unknown): string {
  if (systemCode(error) === 'ENOENT') return 'is in a folder that does not exist';
  return reasonOf(error) ?? 'cannot be written';
}

/**
 * Returns a sentence about the file for which a system call failed, which is a state of the machine and not an error of
 * the program; undefined for any other error.
 */
export function systemFailure(error: unknown): string | undefined {
  const code = systemCode(error);
  const reason = code === undefined ? undefined : REASONS.get(code);
  if (reason === undefined) return undefined;
  const { path } = error as NodeJS.ErrnoException;
  return `${path ?? 'a file that is needed'} ${reason} (${code}).`;
}

/** Returns the code of a system call's error; Node's own errors have other codes. */
function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
