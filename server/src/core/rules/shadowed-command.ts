import { lockedCommands } from '../lockfile/locked-commands.ts';
import { restoreCommand } from '../lockfile/restore-command.ts';
import { packageWords } from '../text/package-words.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * Scripts of the project, and those that packages run when they are installed, look for programs in `node_modules/.bin`
 * before all other places. Known false positives: none; a package that is named as the program is taken for its own.
 */
interface Shadowed {
  readonly name: string;
  readonly command: string;
}

export const shadowedCommand = defineRule({
  id: 'shadowed-command',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A package whose command has the name of a well-known program such as node, npm or git.',
    why: `Package managers make a link in \`node_modules/.bin\` for each command of a direct dependency, and scripts find it there
before the program of that name: \`"test": "node test.js"\` then runs the package instead of Node. npm takes the commands from the lockfile
and does not compare them with the package, so that a line that was added there is enough.`,
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
        const command = commandOf(written);
        const owners = PROGRAMS.get(command);
        if (owners === undefined || entry.name === command || owners.includes(entry.name)) continue;
        yield {
          span,
          data: { name: entry.name, command },
          package: entry.name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
        };
      }
    },
  },
  message({ data: { name, command }, version }) {
    return `${packageWords(name, version)} installs the command "${command}", which scripts run in place of that program. Restore the entry from git, or remove the package.`;
  },
  *fix(_found, { project, uri }) {
    yield restoreCommand(uri, project.base);
  },
});

/**
 * The file that is made of it: package managers leave out what stands before the last slash, and of some systems the case
 * and the ending do not matter.
 */
function commandOf(written: string): string {
  const base = written.replace(/[\\:]/g, '/').replace(/\/+$/, '');
  return base
    .slice(base.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat|com|ps1)$/, '');
}

const YARN = ['yarn', 'corepack', '@yarnpkg/cli', '@yarnpkg/cli-dist'];
const PNPM = ['pnpm', '@pnpm/exe', 'corepack'];

/** Programs that scripts and build tools run by their names, and the packages beside one of that name that provide them. */
const PROGRAMS: ReadonlyMap<string, readonly string[]> = new Map([
  ...[
    ...['node', 'npm', 'bun', 'deno', 'corepack', 'git', 'ssh', 'scp', 'curl', 'wget', 'docker', 'openssl'],
    ...['sh', 'bash', 'zsh', 'dash', 'cmd', 'powershell', 'pwsh'],
    ...['python', 'python3', 'pip', 'pip3', 'ruby', 'perl', 'php', 'java'],
  ].map((name): [string, readonly string[]] => [name, []]),
  ['nodejs', ['node']],
  ['npx', ['npm']],
  ['pnpm', PNPM],
  ['pnpx', PNPM],
  ['yarn', YARN],
  ['yarnpkg', YARN],
  ['bunx', ['bun']],
]);
