import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createRequire, Module } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { cacheDirectory } from '../cache-directory.ts';
import { readBoundedSync } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';
import { VERSION } from './version.ts';

/*
 * Loads core.js, which is most of the program, with the functions that an earlier `check` compiled. Node's own compile
 * cache keeps a module as it is before it runs, without the functions that are compiled when they are first called: over
 * two thousand in a check, a fifth of its time.
 */

const MAX_SOURCE = 50_000_000;
const MAX_CODE = 50_000_000;
const OLD_MS = 30 * 24 * 60 * 60 * 1000;
const BEFORE = '(function (exports, require, module, __filename, __dirname) { ';

type Load = (exports: unknown, require: NodeJS.Require, module: Module, file: string, folder: string) => void;

// Electron makes its own assumptions about V8's flags, on which compiled code depends.
const directory =
  process.versions.electron === undefined
    ? cacheDirectory({ environment: process.env, platform: process.platform, home: homedir() })
    : undefined;
if (directory !== undefined) loadCore(join(directory, 'code'));

function loadCore(folder: string): void {
  const file = join(import.meta.dirname, 'core.js');
  const { bytes, time } = readBoundedSync(file, MAX_SOURCE);
  // V8 compares only its own version and flags and the length of the text.
  const { version, arch } = process;
  const kept = join(folder, `core-${VERSION}-${version}-${arch}-${bytes.length}-${Math.round(time)}.bin`);
  const code = codeIn(kept);
  const text = `${BEFORE}${bytes.toString('utf8')}\n})`;
  const script = new Script(text, { filename: file, ...(code === undefined ? {} : { cachedData: code }) });
  const module = new Module(file);
  module.filename = file;
  const require = createRequire(file);
  require.cache[file] = module as NodeJS.Module;
  (script.runInThisContext() as Load)(module.exports, require, module, file, dirname(file));
  module.loaded = true;
  const isKept = code !== undefined && script.cachedDataRejected !== true;
  // A machine of CI is usually gone after one check, to which this would only add.
  const isOnce = Boolean(process.env['CI']);
  if (!isKept && !isOnce && process.argv[2] === 'check')
    process.once('beforeExit', () => keepCode(script, kept));
}

function codeIn(file: string): Buffer | undefined {
  try {
    return readBoundedSync(file, MAX_CODE).bytes;
  } catch {
    return undefined;
  }
}

/** Keeps the code for the next process. It is only quicker with it, so that a failure is none. */
async function keepCode(script: Script, file: string): Promise<void> {
  try {
    // Code is for the flags with which a process starts.
    setFlagsFromString('--opt');
    setFlagsFromString('--incremental-marking');
    const code = script.createCachedData();
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // V8 notices that a part is missing, and no other damage.
    await replaceFile(file, code, { mode: 0o600 });
    await removeOld(dirname(file));
  } catch {
    // The folder cannot be written to.
  }
}

/** Removes what other versions kept long ago: 2 MB each, which a version that is still in use keeps again. */
async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^core-.*\.bin$/.test(name)) continue;
    const file = join(folder, name);
    if (Date.now() - (await stat(file)).mtimeMs > OLD_MS) await rm(file, { force: true });
  }
}
