import { plural } from '../../read/text/words/words.ts';
import { type UnpinnedProgram, unpinnedPrograms } from '../automation/unpinned-programs.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * A program that CI or a container build downloads in its latest version and runs. Equal ones of a file are one finding.
 * Not reported: commands that the project may have installed, as far as the lockfile shows, variables, URLs with a commit,
 * and `npm create`. Known false positives: none.
 */
interface UnpinnedExec extends Pick<UnpinnedProgram, 'kind' | 'name'> {
  readonly more: number;
}

export const ciUnpinnedExec = defineRule<UnpinnedExec, Record<string, never>>({
  id: 'ci-unpinned-exec',
  category: 'automation',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary:
      'A program that CI, a container build, a git hook or a coding agent downloads in whatever version is current.',
    why: `\`npx tool@latest\`, \`npm install -g tool\` and \`curl … | sh\` run code that no lockfile pins and nobody reviewed. A
hijacked release runs at once, with the secrets of the job.

The same holds for git hooks of husky and lefthook, and for the commands of a development container. Servers of the Model Context
Protocol, in \`.mcp.json\` and in \`mcp.json\` of VS Code and Cursor, start with the rights and secrets of the developer.

Declare the package in devDependencies, so that the lockfile pins it, or name an exact version: \`npx tool@1.2.3\`. Download
scripts to a file, from a URL with a version or commit, and compare their hash before you run them.

\`npx tool\` without a version is reported only if neither the manifest nor the lockfile has such a package or command.
Lockfiles of pnpm, Yarn 1 and npm up to 6 do not record commands, so that it is not reported with these.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npx size-report@latest
                 ^^^^^^^^^^^^^^^^^^ ci-unpinned-exec
      - run: curl -fsSL https://tools.example.test/install.sh | bash
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-unpinned-exec
`,
    good: `-- package.json --
{ "name": "shop", "devDependencies": { "size-report": "^2.1.0" } }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npx size-report
      - run: npx other-tool@1.2.3
`,
  },
  check: {
    *automation(file, { project }) {
      const byName = new Map<string, Found<UnpinnedExec>>();
      for (const { kind, name, span } of unpinnedPrograms(file, project)) {
        const first = byName.get(`${kind} ${name}`);
        const related = { uri: file.uri, span, message: 'The same program' };
        byName.set(
          `${kind} ${name}`,
          first === undefined
            ? { span, data: { kind, name, more: 0 } }
            : {
                ...first,
                data: { kind, name, more: first.data.more + 1 },
                related: [...(first.related ?? []), related],
              },
        );
      }
      yield* byName.values();
    },
  },
  message({ data: { kind, name, more } }) {
    const others = more === 0 ? '' : ` (and at ${plural(more, 'other place')})`;
    switch (kind) {
      case 'once':
        return `${name} is downloaded in ${isRange(name) ? 'the latest version that fits' : 'its latest version'} and run${others}. Name an exact version, or add it to devDependencies.`;
      case 'global':
        return `${name} is installed globally without a fixed version${others}. Name an exact version, or add it to devDependencies.`;
      case 'script':
        return `"${name}" runs whatever the URL serves${others}. Download a fixed version, and compare its hash before you run it.`;
    }
  },
});

/** Checks whether a name such as `pkg-pr-new@0.0` has a range or a tag other than `latest`. */
function isRange(name: string): boolean {
  const at = name.indexOf('@', 1);
  return at !== -1 && name.slice(at + 1) !== 'latest';
}
