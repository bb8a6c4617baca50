import { lockedCommands } from '../lockfile/locked-commands.ts';
import { restoreCommand } from '../lockfile/restore-command.ts';
import { manifestCommands } from '../manifest/manifest-commands.ts';
import { commandName, isShadowing } from '../scripts/command-name.ts';
import { packageWords } from '../text/package-words.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * Scripts of the project, and those that packages run when they are installed, look for programs in `node_modules/.bin`
 * before all other places. Known false positives: none; a package that is named as the program is taken for its own.
 */
interface Shadowed {
  readonly name: string;
  readonly command: string;
  /** Whether the manifest of a workspace member says it, no lockfile. */
  readonly isMember: boolean;
}

export const shadowedCommand = defineRule({
  id: 'shadowed-command',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary:
      'A package or member whose command has the name of a well-known program such as node, npm or git.',
    why: `Package managers link each command of a direct dependency or workspace member in \`node_modules/.bin\`.
Scripts find it there before the program of that name: \`"test": "node test.js"\` then runs the package instead of Node.
npm takes the commands from the lockfile and does not compare them with the package, so one added line is enough.`,
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
    *lockfile(lockfile, { entries }): Generator<Found<Shadowed>> {
      for (const { entry, name: written, span } of lockedCommands(lockfile, entries)) {
        const command = commandName(written);
        if (!isShadowing(command, entry.name)) continue;
        yield {
          span,
          data: { name: entry.name, command, isMember: false },
          package: entry.name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
        };
      }
    },
    *manifest(manifest, { project }): Generator<Found<Shadowed>> {
      const commands = manifestCommands(manifest);
      // The commands of the root are linked nowhere in it.
      if (commands.length === 0 || (project.members.get(manifest.uri)?.path ?? '') === '') return;
      const name = manifest.name?.value ?? '';
      for (const { name: written, span } of commands) {
        const command = commandName(written);
        if (isShadowing(command, name)) yield { span, data: { name, command, isMember: true } };
      }
    },
  },
  message({ data: { name, command, isMember }, version }) {
    if (isMember)
      return `Member ${name} installs the command "${command}", which scripts run in place of that program. Rename the command.`;
    return `${packageWords(name, version)} installs the command "${command}", which scripts run in place of that program. Restore the entry from git, or remove the package.`;
  },
  *fix({ data: { isMember } }, { project, uri }) {
    if (!isMember) yield restoreCommand(uri, project.base);
  },
});
