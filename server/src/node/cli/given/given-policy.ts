import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type PolicyLookup, resolveExtends } from '../../../core/read/policy-file/extends/resolve-extends.ts';
import type { Policy, PolicyProblem } from '../../../core/read/policy-file/policy.ts';
import { readPolicy } from '../../../core/read/policy-file/read-policy.ts';
import { indexLines } from '../../../core/read/text/lines/line-index.ts';
import type { Uri } from '../../../core/read/text/paths/uri.ts';
import { asClause } from '../../../core/read/text/words/clause.ts';
import { createDiskFiles, uriOfPath } from '../../disk-files.ts';
import { WrongUse } from '../exit-code.ts';
import type { Arguments } from './arguments.ts';
import { readGiven } from './read-given.ts';

const WANTED = "the path of the organisation's dependency-hygiene.json";

/**
 * Returns the locked policy given by `--policy`; undefined without it. Throws `WrongUse` if it cannot be read as a whole:
 * a part of it would let everything else pass.
 */
export async function lockedPolicyOf(given: Arguments): Promise<Uri | undefined> {
  const typed = given.text('policy');
  if (typed === undefined) return undefined;
  const path = resolve(typed);
  const found = await readGiven(`--policy ${typed}`, path, WANTED);
  const uri = uriOfPath(await realpath(path));
  const text = found.toString('utf8');
  const policy = readPolicy(uri, text);
  const [problem] =
    policy.problems.length > 0 ? policy.problems : await faultsOfExtends(policy, dirname(path));
  if (problem === undefined) return uri;
  const line = indexLines(text).positionAt(problem.span.start).line + 1;
  throw new WrongUse(
    `--policy ${typed} is invalid in line ${line}: ${asClause(problem.message)}; correct it.`,
  );
}

/** Returns what is wrong with the files that a policy extends. */
async function faultsOfExtends(policy: Policy, folder: string): Promise<readonly PolicyProblem[]> {
  if (policy.extends.length === 0) return [];
  const top = uriOfPath(await realpath(await topOf(folder)));
  const files = createDiskFiles(() => [top]);
  const known = new Map<Uri, PolicyLookup>();
  for (;;) {
    const pending: Uri[] = [];
    const { problems } = resolveExtends(policy, top, (uri) => {
      const found = known.get(uri);
      if (found === undefined) pending.push(uri);
      return found ?? 'pending';
    });
    if (pending.length === 0) return problems;
    for (const uri of pending) {
      const read = await files.read(uri);
      if (read.type === 'text') known.set(uri, readPolicy(uri, read.text));
      else known.set(uri, read.type === 'missing' ? 'missing' : { refused: read.reason });
    }
  }
}

/** Returns the nearest folder with a git repository, or else the folder itself. */
async function topOf(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => undefined)) !== undefined) return at;
    if (at === dirname(at)) return folder;
  }
}
