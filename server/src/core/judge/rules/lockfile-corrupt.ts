import { unsafeKeys } from '../../read/lockfile/faults/unsafe-keys.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { lostDeclarations } from '../../read/lockfile/yarn/lost-declarations.ts';
import { managerOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { managerTitle } from '../../read/manager/manager-title.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { PackageManager } from '../../read/manager/package-manager.ts';
import type { Project } from '../../read/project/project.ts';
import type { Fix } from '../../read/text/finding.ts';
import { conflictBlocks } from '../../read/text/lines/conflict-markers.ts';
import { wordPlaces } from '../../read/text/lines/word-places.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { RESTORE_ENTRY, restoreCommand } from '../entries/restore-command.ts';

/**
 * Package managers handle a broken lockfile differently: one rejects it, another reads what it can, a third starts over
 * and installs other versions. While the file has a merge conflict, only that is reported. Known false positives: none
 * known.
 */
interface Corrupt {
  readonly kind: 'conflict' | 'syntax' | 'path' | 'name' | 'prototype' | 'notation';
  readonly file: string;
  /** The invalid key, or null. */
  readonly key: string | null;
  /** The problem as a clause, or null. */
  readonly problem: string | null;
  readonly manager: PackageManager['name'];
}

/** A longer list is of no use: the first ones are fixed, or the file is restored. */
const MOST = 20;

export const lockfileCorrupt = defineRule({
  id: 'lockfile-corrupt',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary:
      'A lockfile with merge conflicts, with broken syntax, or with keys that no package manager writes.',
    why: `A lockfile that cannot be read as written protects nobody. npm and pnpm merge conflict markers themselves,
and may take either side's versions without a review. Others stop, or lock again. If a key appears twice, only one
counts, so the reviewed entry may not be the installed one.

No package manager writes paths with \`..\`, absolute paths, or names that no package can have. In some package managers
such keys wrote files outside of node_modules.`,
    bad: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop" },
<<<<<<< HEAD
^^^^^^^^^^^^ lockfile-corrupt: package-lock.json has an unresolved merge conflict. Resolve package.json, then let npm write the lockfile again.
    "node_modules/a": { "version": "1.0.0" }
=======
    "node_modules/a": { "version": "1.1.0" }
>>>>>>> feature
  }
}
`,
    good: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop" },
    "node_modules/a": { "version": "1.1.0" }
  }
}
`,
  },
  perEntry: { holds: (found) => found.length < MOST },
  check: {
    *lockfile(lockfile, { project, entries }): Generator<Found<Corrupt>> {
      const about = { file: nameOf(lockfile.uri), manager: managerOfLockfile(lockfile.format) };
      yield* brokenPlaces(lockfile, about);
      if (lockfile.status === 'checked') yield* lostKeys(lockfile, project, about);
      let count = 0;
      for (const { kind, key, span, problem } of unsafeKeys(lockfile, entries)) {
        if (++count > MOST) return;
        yield { span, data: { ...about, kind, key: shownText(key), problem } };
      }
    },
  },
  message({ data: { kind, file, key, problem, manager } }) {
    const name = JSON.stringify(key ?? '');
    switch (kind) {
      case 'conflict':
        return `${file} has an unresolved merge conflict. Resolve package.json, then let ${managerTitle(manager)} write the lockfile again.`;
      case 'syntax':
        return `${file} is damaged here: ${problem}. Restore the file, or let ${managerTitle(manager)} write it again.`;
      case 'path':
        return `The key ${name} leads out of node_modules, so an install can overwrite other files. ${RESTORE_ENTRY}`;
      case 'name':
        return `No package can have the name ${name}, as ${problem}. ${RESTORE_ENTRY}`;
      case 'notation':
        return `The key ${name} is in the notation of another version of ${file}, so pnpm does not read it. Let pnpm write the lockfile again.`;
      case 'prototype':
        return `The key ${name} can change the behavior of programs that read this file, and nothing needs it. ${RESTORE_ENTRY}`;
    }
  },
  *fix({ data }, { uri, project }): Generator<Fix> {
    if (data.kind === 'conflict') {
      const generation = project.manager.name === data.manager ? project.manager.generation : undefined;
      const command = specOf({ name: data.manager, generation }).commands.resolveConflict;
      if (command !== undefined) {
        const title = `Copy the command that resolves ${data.file} once package.json is: ${command}`;
        yield { title, applicability: 'display-only', edits: [], command };
        return;
      }
    }
    yield* restoreCommand(uri, project);
  },
});

/** Four characters, as a search for short strings only scans for the first one, which is rare. */
const MARKERS = ['<<<<', '>>>>'];

type About = Pick<Corrupt, 'file' | 'manager'>;

function* brokenPlaces(lockfile: Lockfile, about: About): Generator<Found<Corrupt>> {
  const { uri, text, status, problems } = lockfile;
  const mayConflict = MARKERS.some((marker) => wordPlaces(lockfile, marker)?.length !== 0);
  const blocks = mayConflict ? conflictBlocks(text) : [];
  for (const { markers } of blocks.slice(0, MOST)) {
    const [first, ...rest] = markers;
    yield {
      span: first,
      data: { ...about, kind: 'conflict', key: null, problem: null },
      related: rest.map((span) => ({ uri, span, message: partOfConflict(text[span.start]) })),
    };
  }
  // Other problems in such a file may be caused by the conflict.
  if (blocks.length > 0 || status === 'unsupported') return;
  for (const { message, span } of problems.slice(0, MOST)) {
    yield { span, data: { ...about, kind: 'syntax', key: null, problem: message } };
  }
}

/** Yields text of a yarn.lock outside any key, unless other problems of the file explain it. */
function* lostKeys(lockfile: Lockfile, { overrides }: Project, about: About): Generator<Found<Corrupt>> {
  const isReplaced = (name: string) => overrides.of(name).length > 0;
  let count = 0;
  for (const { from, edge } of lostDeclarations(lockfile, isReplaced)) {
    if (++count > MOST) return;
    const who = from.source === 'workspace' ? from.name : formatPackage(from.name, from.version?.value);
    const problem = `${shownText(who)} depends on ${shownText(`${edge.name}@${edge.specifier.value}`)}, which has no entry`;
    yield { span: edge.specifier.span, data: { ...about, kind: 'syntax', key: null, problem } };
  }
}

/** Names the part of a conflict that starts at a git marker, by its first character. */
function partOfConflict(marker: string | undefined): string {
  switch (marker) {
    case '|':
      return 'What both sides come from begins here.';
    case '=':
      return 'The other side begins here.';
    default:
      return 'The conflict ends here.';
  }
}
