import fs from 'node:fs';
import { resolve } from 'node:path';
import { pathArgument } from './path-set.ts';
import type { Recorder } from './recorder.ts';
import { wrap } from './wrap.ts';

const absolute = resolve;

/** The positions of the paths that a function writes to and reads, by the function's name without `Sync`. */
const FUNCTIONS: Readonly<
  Record<string, { readonly writes?: readonly number[]; readonly reads?: readonly number[] }>
> = {
  ...Object.fromEntries(
    [
      ...['appendFile', 'writeFile', 'truncate', 'mkdir', 'mkdtemp', 'rmdir', 'rm', 'unlink', 'chmod'],
      ...['lchmod', 'chown', 'lchown', 'utimes', 'lutimes', 'createWriteStream', 'WriteStream'],
    ].map((name) => [name, { writes: [0] }]),
  ),
  ...Object.fromEntries(
    [
      ...['readFile', 'readdir', 'opendir', 'stat', 'lstat', 'statfs', 'access', 'exists', 'realpath'],
      ...['readlink', 'watch', 'watchFile', 'createReadStream', 'openAsBlob'],
    ].map((name) => [name, { reads: [0] }]),
  ),
  rename: { writes: [0, 1] },
  copyFile: { reads: [0], writes: [1] },
  cp: { reads: [0], writes: [1] },
  link: { reads: [0], writes: [1] },
  symlink: { writes: [1] },
};

/** Records written files by package, and read ones for the process as a whole. */
export function observeFiles(recorder: Recorder): void {
  const written = (argument: unknown) => {
    const path = pathArgument(argument);
    if (path === undefined) return;
    recorder.write(path);
    recorder.use('files', absolute(path));
  };
  const read = (argument: unknown) => {
    const path = pathArgument(argument);
    if (path !== undefined) recorder.read(path);
  };
  const opened = ([path, flags]: readonly unknown[]) => (isWriting(flags) ? written(path) : read(path));
  for (const [name, { reads = [], writes = [] }] of Object.entries(FUNCTIONS)) {
    const before = (args: readonly unknown[]) => {
      for (const at of reads) read(args[at]);
      for (const at of writes) written(args[at]);
    };
    wrap(fs, name, before);
    wrap(fs, `${name}Sync`, before);
    wrap(fs.promises, name, before);
  }
  wrap(fs, 'open', opened);
  wrap(fs, 'openSync', opened);
  wrap(fs.promises, 'open', opened);
}

const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;

function isWriting(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) !== 0;
  return typeof flags === 'string' && /[wa+]/.test(flags);
}
