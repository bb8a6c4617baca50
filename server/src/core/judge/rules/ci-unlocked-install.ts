import type { Automation } from '../../read/automation/automation.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';
import { plural } from '../../read/text/words/words.ts';
import { type UnlockedInstall, unlockedInstalls } from '../automation/unlocked-installs.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * An install that may change locked versions, where nobody looks at the difference. Equal commands of a file are one
 * finding. Not reported: other folders, commands with variables, jobs that update or commit dependencies, projects without a
 * lockfile of that package manager. Known false positives: none.
 */
export const ciUnlockedInstall = defineRule<UnlockedInstall, Record<string, never>>({
  id: 'ci-unlocked-install',
  category: 'automation',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'An install in CI or in a container build that may change locked versions.',
    why: `\`npm install\` resolves what the lockfile lacks, and so installs versions that nobody reviewed. \`npm ci\` installs the
lockfile as it is, and fails if package.json does not match it.

pnpm and Yarn 2 and later keep the lockfile by default where the variable \`CI\` is set, as in all CI systems. A container
build does not set it. Options such as \`--no-frozen-lockfile\` are reported in both.

\`npm ci --only=production\` is reported as a hint: \`--omit=dev\` takes its place since npm 7. Equal commands of one file are
one finding. Not reported are jobs and steps that update dependencies, steps for the other versions of a matrix, and
installs after a command that edits a manifest in the same job.`,
    bad: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npm install
             ^^^^^^^^^^^ ci-unlocked-install
`,
    good: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
`,
  },
  check: {
    *automation(file, { project }) {
      const byCommand = new Map<string, Found<UnlockedInstall>>();
      for (const { span, ...data } of unlockedInstalls(file, project)) {
        const key = `${data.isDeprecated} ${data.command}`;
        const first = byCommand.get(key);
        const severity = data.isDeprecated ? ({ severity: 'hint' } as const) : {};
        byCommand.set(
          key,
          first === undefined ? { span, data, ...severity } : joined(first, data, span, file),
        );
      }
      yield* byCommand.values();
    },
  },
  message({ data: { command, instead, isDeprecated, hasLockfile, more } }) {
    const others = more === 0 ? '' : ` (and at ${plural(more, 'other place')})`;
    if (isDeprecated) return `"${command}" uses a deprecated option${others}. Use "${instead}".`;
    const copied = hasLockfile ? '' : ' Copy the lockfile before it.';
    return `"${command}" may change locked versions${others}. Use "${instead}", which installs the lockfile as it is.${copied}`;
  },
  *fix({ data: { instead, hasLockfile, edits } }, { uri }) {
    if (!hasLockfile) return;
    const all = edits.map((edit): FileEdit => ({ uri, ...edit }));
    yield { title: `Use "${instead}"`, applicability: 'safe', edits: all };
  },
});

function joined(
  first: Found<UnlockedInstall>,
  { edits, hasLockfile }: UnlockedInstall,
  span: Span,
  { uri }: Automation,
): Found<UnlockedInstall> {
  const { data, related = [] } = first;
  const all = [...data.edits, ...edits];
  return {
    ...first,
    data: { ...data, edits: all, more: data.more + 1, hasLockfile: data.hasLockfile && hasLockfile },
    related: [...related, { uri, span, message: 'The same command' }],
  };
}
