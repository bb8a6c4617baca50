import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManagerSpec } from '../../../core/read/manager/manager-spec.ts';
import type { TypedInstall } from '../../../core/read/manager/model/typed-commands.ts';
import { applyEdits } from '../../../core/read/text/edit.ts';
import { setProperty } from '../../../core/read/text/json/json-edit.ts';
import type { Uri } from '../../../core/read/text/paths/uri.ts';
import { visibleText } from '../../../core/read/text/words/visible-text.ts';
import { uriOfPath } from '../../disk-files.ts';
import { readBoundedText } from '../../files/read-bounded.ts';
import { replaceFile } from '../../files/replace-file.ts';
import type { NoCopy, ProjectCopy } from './project-copy.ts';
import { runQuietly } from './run-program.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A copy in which the package manager wrote the lockfile of the install. */
export interface ResolvedCopy extends ProjectCopy {
  readonly managerVersion: string;
}

const MAX_BYTES = 50 * 1024 * 1024;

/** Lets the package manager write the lockfile in the copy, without installing anything. */
export async function resolveCopy(
  copy: ProjectCopy,
  install: TypedInstall,
  {
    spec,
    program,
    offline,
  }: { readonly spec: ManagerSpec; readonly program: string; readonly offline: boolean },
): Promise<ResolvedCopy | NoCopy> {
  const { typed, title, files } = spec;
  // Corepack would download the version that the project names.
  const network = offline ? { COREPACK_ENABLE_NETWORK: '0' } : {};
  const environment = { ...ownEnvironment(), ...typed.environment, ...network };
  const run = { directory: copy.directory, environment };
  // Asked beside the project: a Yarn of another project says which it is by itself.
  const asked = await runQuietly(program, ['--version'], run);
  const managerVersion = /^v?(\d+\.\d+\.\d+\S*)\s*$/m.exec(asked.output)?.[1];
  if (asked.code !== 0 || managerVersion === undefined)
    return { reason: `"${typed.resolver} --version" failed${lastLines(asked.output, copy)}` };
  const names = files.lockfiles.map(({ name }) => name);
  const hasLockfile = () => Promise.all(names.map((name) => exists(join(copy.root, name))));
  if (install.isFrozen) {
    if (!(await hasLockfile()).includes(true)) return { reason: 'there is no lockfile to install' };
    return withVersion(copy, managerVersion, spec);
  }
  const unable = typed.unableToResolve(managerVersion);
  if (unable !== undefined) return { reason: unable };
  const empty = typed.emptyLockfile === undefined ? undefined : join(copy.root, typed.emptyLockfile);
  if (empty !== undefined && !(await exists(empty))) await replaceFile(empty, '', { durable: false });
  const ended = await runQuietly(program, install.resolve, run);
  if (ended.code !== 0) return { reason: `${title} could not resolve it${lastLines(ended.output, copy)}` };
  if (!(await hasLockfile()).includes(true)) return { reason: `${title} wrote no lockfile` };
  return withVersion(copy, managerVersion, spec);
}

/** Writes the version that runs into the root manifest, unless the project names one: messages depend on it. */
async function withVersion(
  copy: ProjectCopy,
  managerVersion: string,
  { name }: ManagerSpec,
): Promise<ResolvedCopy> {
  const path = join(copy.root, 'package.json');
  const uri = uriOfPath(path);
  const before = new Map<Uri, string>(copy.before);
  const named = (text: string) => {
    if (/"(?:packageManager|devEngines)"/.test(text)) return text;
    const edits = setProperty(text, ['packageManager'], `${name}@${managerVersion}`);
    return edits === undefined ? text : applyEdits(text, edits);
  };
  const text = await readBoundedText(path, { maxBytes: MAX_BYTES, followsLinks: false });
  await replaceFile(path, named(text), { durable: false });
  const earlier = before.get(uri);
  if (earlier !== undefined) before.set(uri, named(earlier));
  return { ...copy, before, managerVersion };
}

/** Omits what another npm around this process says about its own project. */
function ownEnvironment(): Record<string, string | undefined> {
  const own = { ...process.env };
  for (const name of [
    'npm_config_local_prefix',
    'npm_config_global',
    'npm_config_location',
    'INIT_CWD',
    'NODE_OPTIONS',
  ])
    delete own[name];
  return own;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

const MOST_LINES = 2;
const MOST_LENGTH = 300;

/** Returns the lines that say what went wrong, after a colon, without secrets and paths of the copy. */
function lastLines(output: string, copy: ProjectCopy): string {
  const lines = withoutSecrets(output, copy.before)
    .split(/\r?\n/)
    .map((line) => visibleText(line.replaceAll(copy.top, '.')).trim())
    .filter((line) => line !== '' && !/complete log|^\W*at |npm help|_logs|code E\w+$/i.test(line));
  const telling = lines.filter((line) => /err|fail|not found|refus|can't|\bYN(?!0000)\d+/i.test(line));
  const shown = (telling.length > 0 ? telling : lines)
    .slice(0, MOST_LINES)
    .map((line) => line.replace(/^(?:npm (?:error|ERR!)|error:|➤)\s*/, ''))
    .join(' ');
  return shown === '' ? '' : `: ${shown.slice(0, MOST_LENGTH)}`;
}
