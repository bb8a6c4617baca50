import { type LostScriptFlag, lostScriptFlags } from '../../read/lockfile/faults/lost-script-flags.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { copyDifferences } from '../../read/lockfile/npm/copy-differences.ts';
import type { NpmLockEntry } from '../../read/lockfile/npm/npm-lock-entry.ts';
import { writtenScripts } from '../../read/lockfile/npm/written-scripts.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { describeBase } from '../../read/project/base.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import type { Fix } from '../../read/text/finding.ts';
import { setProperty } from '../../read/text/json/json-edit.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Facts, type Found } from '../check/rule.ts';
import { RESTORE_ENTRY, restoreCommand } from '../entries/restore-command.ts';

/**
 * npm uses the lockfile's flag to decide which install scripts to mention, ask about and run, and so do reviewers.
 * Different npm versions read the two copies that npm 7 and 8 write. Known false positives: packages for other
 * platforms, which npm may lock without inspecting them, are skipped when asking the registry.
 */
interface ScriptFlagMismatch {
  readonly name: string;
  readonly kind: 'flag' | 'copy' | 'scripts';
  /** For a flag: where a script is recorded. */
  readonly witness: 'entry' | 'lockfile' | 'commit' | 'registry' | null;
  readonly otherFile: string | null;
  /** For the two copies: the differing field, with both values. For scripts: `here` is their text. */
  readonly field: 'name' | 'version' | 'resolved' | null;
  readonly here: string | null;
  readonly there: string | null;
}

export const lockfileScriptFlagMismatch = defineRule({
  id: 'lockfile-script-flag-mismatch',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: {
    askRegistry: {
      type: 'boolean',
      default: false,
      stricter: true,
      description: 'Ask the registry which direct dependencies and new locked packages have install scripts.',
    },
  },
  docs: {
    summary:
      'A lockfile entry that hides an install script, has scripts of its own, or has two different copies.',
    why: `\`hasInstallScript\` is a copy of the registry's metadata of a version. npm and reviewers rely on the copy:
if it is removed, the script runs without a review. The rule reports a flag that contradicts another entry, another
lockfile of the project, or the base (the last commit, or the commit given with \`check --base\`). With \`askRegistry\` it
also reports direct dependencies whose flag contradicts the registry.

npm 7 and later read an entry as if it were the package's own manifest, and run \`scripts\` in it instead of the
package's. npm never writes \`scripts\` there, so somebody else did.

npm 7 and 8 write each package twice: in \`packages\`, which they read, and in \`dependencies\`, which npm up to 6 and
some scanners read. If the two name different versions or URLs, one of them was changed by hand.`,
    bad: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 2,
  "packages": {
    "": { "name": "shop" },
    "node_modules/minimist": {
      "version": "1.2.8",
                 ^^^^^^^ lockfile-script-flag-mismatch: minimist is 1.2.8 in "packages" but 1.2.5 in "dependencies", which npm up to 6 reads. Restore the entry from git and find out who changed it.
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    }
  },
  "dependencies": {
    "minimist": {
      "version": "1.2.5",
      "integrity": "sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ=="
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 2,
  "packages": {
    "": { "name": "shop" },
    "node_modules/minimist": {
      "version": "1.2.8",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    }
  },
  "dependencies": {
    "minimist": {
      "version": "1.2.8",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    }
  }
}
`,
  },
  perEntry: {},
  check: {
    *lockfile(lockfile, { project, facts, options, entries: looked }): Generator<Found<ScriptFlagMismatch>> {
      yield* betweenCopies(lockfile);
      for (const entry of writtenScripts(lockfile, looked)) yield scriptsIn(entry);
      const reported = new Set<LockEntry>();
      function* lost(
        flags: Iterable<LostScriptFlag>,
        kind: 'entry' | 'lockfile' | 'commit',
        file: Lockfile,
      ): Generator<Found<ScriptFlagMismatch>> {
        for (const { entry, witness } of flags) {
          if (reported.has(entry)) continue;
          reported.add(entry);
          const message = 'The same version, marked as having an install script.';
          // The committed state is not a file that could be opened.
          const related = kind === 'commit' ? [] : [{ uri: file.uri, span: witness.keySpan, message }];
          yield { ...lostFlag(entry, kind, kind === 'lockfile' ? nameOf(file.uri) : null), related };
        }
      }
      // The registry requests depend on the other findings.
      const entries = options.askRegistry ? lockfile.entries : looked;
      yield* lost(lostScriptFlags(lockfile, lockfile, entries), 'entry', lockfile);
      const read = project.lockfile;
      if (read !== undefined && read !== lockfile) {
        yield* lost(lostScriptFlags(lockfile, read, entries), 'lockfile', read);
      }
      const { committedLockfile } = project;
      if (read === lockfile && committedLockfile !== undefined) {
        yield* lost(lostScriptFlags(lockfile, committedLockfile, entries), 'commit', committedLockfile);
      }
      if (!options.askRegistry || read !== lockfile || !lockfile.recordsInstallScripts) return;
      for (const entry of askedEntries(project)) {
        if (!reported.has(entry) && hasScriptByRegistry(entry, facts))
          yield lostFlag(entry, 'registry', null);
      }
    },
  },
  message({ data: { name, kind, witness, otherFile, field, here, there }, version }, base) {
    const what = formatPackage(name, version);
    if (kind === 'scripts')
      return `${what} has scripts of the lockfile itself, which npm runs (${here}). Restore the entry from git and find out who added them.`;
    switch (witness) {
      case 'entry':
        return `${what} is marked as having an install script elsewhere in this file but not here. Restore the entry from git and find out who removed the mark.`;
      case 'lockfile':
        return `${what} is marked as having an install script in ${otherFile} but not here. Restore the entry from git and find out who removed the mark.`;
      case 'commit':
        return `${what} is marked as having an install script in ${describeBase(base)} but not here. Restore the entry from git and find out who removed the mark.`;
      case 'registry':
        return `${what} has an install script according to its registry but is not marked so here. Restore the entry from git and find out who removed the mark.`;
      case null: {
        const subject = field === 'version' ? name : field === 'name' ? 'this package' : what;
        const verb = field === 'resolved' ? 'comes from' : 'is';
        return `${subject} ${verb} ${here} in "packages" but ${there} in "dependencies", which npm up to 6 reads. ${RESTORE_ENTRY}`;
      }
    }
  },
  *fix({ data, span }, { project, file, uri }): Generator<Fix> {
    yield* restoreCommand(uri, project, span);
    if (file.kind !== 'lockfile' || data.kind !== 'flag') return;
    const { scriptFlag } = specOfLockfile(file.format).lockfile;
    if (scriptFlag === undefined) return;
    const entry = file.entries.find(({ keySpan }) => keySpan.start === span.start);
    if (entry === undefined) return;
    const edits = setProperty(file.text, ['packages', entry.key, scriptFlag], true);
    if (edits === undefined || edits.length === 0) return;
    yield {
      title: `Insert "${scriptFlag}": true for ${formatPackage(data.name, entry.version?.value)}`,
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});

function* betweenCopies(lockfile: Lockfile): Generator<Found<ScriptFlagMismatch>> {
  for (const { entry, field, here, there } of copyDifferences(lockfile)) {
    // Another rule compares the hashes of a version.
    if (field === 'integrity') continue;
    yield {
      span: here.span,
      data: {
        name: entry.name,
        kind: 'copy',
        witness: null,
        otherFile: null,
        field,
        here: shownText(redactUserinfo(here.value)),
        there: shownText(redactUserinfo(there.value)),
      },
      package: entry.name,
      ...(entry.version === undefined ? {} : { version: entry.version.value }),
      related: [{ uri: lockfile.uri, span: there.span, message: 'The other copy has this.' }],
    };
  }
}

function scriptsIn(entry: NpmLockEntry): Found<ScriptFlagMismatch> {
  const { name, version, scripts, keySpan } = entry;
  return {
    span: scripts?.span ?? keySpan,
    data: {
      ...{ name, kind: 'scripts', witness: null, otherFile: null, field: null, there: null },
      here: shownText(redactUserinfo(scripts?.value ?? '')),
    },
    package: name,
    ...(version === undefined ? {} : { version: version.value }),
  };
}

function lostFlag(
  entry: LockEntry,
  witness: 'entry' | 'lockfile' | 'commit' | 'registry',
  otherFile: string | null,
): Found<ScriptFlagMismatch> {
  return {
    span: entry.keySpan,
    data: { name: entry.name, kind: 'flag', witness, otherFile, field: null, here: null, there: null },
    package: entry.name,
    ...(entry.version === undefined ? {} : { version: entry.version.value }),
  };
}

function hasScriptByRegistry(entry: LockEntry, facts: Facts): boolean {
  const { name, version, hasInstallScript, bundled, optional, os, cpu } = entry;
  if (hasInstallScript !== false || bundled || version === undefined) return false;
  if (optional && (os.length > 0 || cpu.length > 0)) return false;
  const fact = facts.packument(name);
  return fact.state === 'ready' && fact.value.versions.get(version.value)?.hasInstallScript === true;
}
