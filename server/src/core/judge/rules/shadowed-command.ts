import { askedBySomebody } from '../../know/facts/locked-scripts.ts';
import { registryAnswer } from '../../know/facts/registry-answer.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import {
  lockedCommands,
  mayHaveCommands,
  recordsCommands,
} from '../../read/lockfile/model/locked-commands.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { commandName, isShadowing } from '../../read/manifest/command-name.ts';
import { manifestCommands } from '../../read/manifest/manifest-commands.ts';
import type { Span } from '../../read/text/span.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { restoreCommand } from '../entries/restore-command.ts';

/**
 * Scripts of the project, and install scripts of packages, search `node_modules/.bin` for programs before anything
 * else. Known false positives: none; a package with the name of the program counts as its own.
 */
interface Shadowed {
  readonly name: string;
  readonly command: string;
  /** Whether it comes from the manifest of a workspace member, not a lockfile. */
  readonly isMember: boolean;
}

export const shadowedCommand = defineRule({
  id: 'shadowed-command',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: {},
  docs: {
    summary:
      'A package or member whose command has the name of a well-known program such as node, npm or git.',
    why: `Package managers link each command of a direct dependency or workspace member in \`node_modules/.bin\`.
Scripts find it there before the program of that name: \`"test": "node test.js"\` then runs the package instead of Node.
npm takes the commands from the lockfile and does not compare them with the package, so one added line is enough.

Lockfiles of pnpm, Yarn 1 and npm up to 6 do not record command names. For these the registry's document has them, for
packages that registries are asked about. The others are reported as not checked.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "left-pad": "^1.3.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left-pad": "^1.3.0" } },
    "node_modules/left-pad": {
      "version": "1.3.0",
      "resolved": "https://registry.public.example.test/left-pad/-/left-pad-1.3.0.tgz",
      "integrity": "sha512-XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA==",
      "bin": {
        "node": "index.js"
        ^^^^^^ shadowed-command
      }
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "left-pad": "^1.3.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left-pad": "^1.3.0" } },
    "node_modules/left-pad": {
      "version": "1.3.0",
      "resolved": "https://registry.public.example.test/left-pad/-/left-pad-1.3.0.tgz",
      "integrity": "sha512-XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA=="
    }
  }
}
`,
  },
  perEntry: {},
  check: {
    *lockfile(lockfile, context): Generator<Found<Shadowed>> {
      const { entries, project } = context;
      for (const { entry, name, span } of lockedCommands(lockfile, entries)) yield* judge(entry, name, span);
      if (lockfile !== project.lockfile || recordsCommands(lockfile)) return;
      const isAskedAbout = askedBySomebody(project);
      for (const entry of entries) {
        if (entry.bundled || !mayHaveCommands(entry, lockfile)) continue;
        const commands = registryAnswer(entry, context, isAskedAbout, commandsOf) ?? [];
        for (const name of commands) yield* judge(entry, name, entry.keySpan);
      }
    },
    *manifest(manifest, { project }): Generator<Found<Shadowed>> {
      // The root's own commands are not linked.
      if ((project.members.get(manifest.uri)?.path ?? '') === '') return;
      const name = manifest.name?.value ?? '';
      for (const { name: written, span } of manifestCommands(manifest)) {
        const command = commandName(written);
        if (isShadowing(command, name)) yield { span, data: { name, command, isMember: true } };
      }
    },
  },
  message({ data: { name, command, isMember }, version }) {
    if (isMember)
      return `Member ${name} installs the command "${command}", which scripts run instead of that program. Rename the command.`;
    return `${formatPackage(name, version)} installs the command "${command}", which scripts run instead of that program. Restore the entry from git, or remove the package.`;
  },
  *fix({ data: { isMember }, span }, { project, uri }) {
    if (!isMember) yield* restoreCommand(uri, project, span);
  },
});

function* judge(entry: LockEntry, written: string, span: Span): Generator<Found<Shadowed>> {
  const { name, version } = entry;
  const command = commandName(written);
  if (!isShadowing(command, name)) return;
  yield {
    span,
    data: { name, command, isMember: false },
    package: name,
    ...(version === undefined ? {} : { version: version.value }),
  };
}

/** Returns undefined for a version missing from the packument. */
function commandsOf({ versions }: Packument, version: string): readonly string[] | undefined {
  return versions.get(version)?.bins;
}
