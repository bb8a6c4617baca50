import type { Severity } from '../../read/text/finding.ts';
import { formatDay } from '../../read/text/words/dates.ts';
import { plural } from '../../read/text/words/words.ts';
import { type UnpinnedReference, unpinnedReferences } from '../automation/unpinned-references.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Actions and images whose content may change without a change here, and releases without security fixes. One finding for
 * all actions of others in a file, one for those of GitHub, one for those of the repository's owner, one for all images of a Dockerfile; one for each release that
 * ended. Not reported: local actions, owners that the option names, references with variables, releases in a matrix, and
 * tags of images outside of Dockerfiles. Known false positives: none.
 */
interface Reference extends Pick<UnpinnedReference, 'kind' | 'name' | 'command'> {
  readonly since?: string;
  readonly edits: NonNullable<UnpinnedReference['edits']>;
  /** The number of further places. */
  readonly more: number;
  /** The names at these places that differ from this one. */
  readonly others: readonly string[];
}

export const ciReferenceUnpinned = defineRule({
  id: 'ci-reference-unpinned',
  category: 'automation',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {
    trustedOwners: {
      type: 'strings',
      default: [],
      description: 'Owners of actions whose tags are accepted, such as your own organization.',
    },
  },
  docs: {
    summary: 'An action or base image that can change, or a release without security fixes.',
    why: `Tags and branches of an action can be moved. In 2025, the tags of a popular action were moved to code that printed the
secrets of its users. A commit cannot be moved: \`uses: owner/action@<40 digits> # v4\`. Dependabot and Renovate update it.

Node.js 18 and 20 get no security fixes any more, and neither do images of Debian and Alpine after their end of life. An
image of Node.js without a version changes its major version over time.

Reported as a hint: actions of GitHub itself and of the owner that \`repository\` in package.json names. Tags of base
images that have a version, and an image of Node.js that runs as root, are hints as well.

A fix cannot look up a commit or digest; it offers the command that prints it.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: acme/deploy@v2
              ^^^^^^^^^^^^^^ ci-reference-unpinned
-- Dockerfile --
FROM node:18-alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-reference-unpinned
USER node
CMD ["node", "."]
`,
    good: `-- package.json --
{ "name": "shop" }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: acme/deploy@0123456789abcdef0123456789abcdef01234567 # v2.1.0
-- Dockerfile --
FROM node:24-alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
USER node
CMD ["node", "."]
`,
  },
  check: {
    *automation(file, { now, options, project }) {
      const owners = { trusted: options.trustedOwners, own: project.gitHubOwner };
      const byCause = new Map<string, Found<Reference>>();
      for (const { span, edits = [], ...found } of unpinnedReferences(file, now, owners)) {
        // Every release that ended is a cause of its own.
        const key =
          found.kind === 'ended' || found.kind === 'floating' ? `${found.kind} ${found.name}` : found.kind;
        const first = byCause.get(key);
        const severity = SEVERITIES[found.kind];
        if (first === undefined)
          byCause.set(key, {
            span,
            data: { ...found, edits, more: 0, others: [] },
            ...(severity ? { severity } : {}),
          });
        else
          byCause.set(key, {
            ...first,
            data: withPlace(first.data, found.name, edits),
            related: [...(first.related ?? []), { uri: file.uri, span, message: `Also ${found.name}` }],
          });
      }
      yield* byCause.values();
    },
  },
  message({ data: { kind, name, since, more, others: names } }) {
    const places = more === 0 ? '' : ` (and at ${plural(more, 'other place')})`;
    const others = (noun: string, many = `${noun}s`) =>
      names.length === 0 ? places : ` (and ${plural(names.length, `other ${noun}`, `other ${many}`)})`;
    switch (kind) {
      case 'ended':
        return `${name} has had no security fixes since ${formatDay(Date.parse(since!))}${places}. Use a maintained release.`;
      case 'floating':
        return `${name} changes its major version over time. Use a tag with a version, such as "node:24-alpine".`;
      case 'action':
        return `${name} can be moved to other code${others('action')}. Pin the commit, with the version in a comment.`;
      case 'own-action':
        return `${name} can be moved by everyone who may push to that repository${others('own action')}. Pin the commit, with the version in a comment.`;
      case 'github-action':
        return `${name} is not pinned to a commit${others('action of GitHub', 'actions of GitHub')}. Pin the commit, with the version in a comment.`;
      case 'image':
        return `${name} is not pinned to a digest${others('image')}. Add the digest behind the tag.`;
      case 'root':
        return 'The container runs as root. Add "USER node" before this instruction.';
    }
  },
  *fix({ data: { kind, name, edits, command } }, { uri }) {
    const all = edits.map((edit) => ({ uri, ...edit }));
    if (kind === 'root') yield { title: 'Insert "USER node"', applicability: 'unsafe', edits: all };
    else if (all.length > 0)
      yield { title: `Replace ${name} with Node.js 24`, applicability: 'unsafe', edits: all };
    if (command === undefined) return;
    const what = kind.endsWith('action') ? 'commit' : 'digest';
    yield {
      title: `Copy the command that prints the ${what} of ${name}`,
      applicability: 'display-only',
      edits: [],
      command,
    };
  },
});

function withPlace(data: Reference, name: string, edits: Reference['edits']): Reference {
  const isKnown = name === data.name || data.others.includes(name);
  const others = isKnown ? data.others : [...data.others, name];
  return { ...data, edits: [...data.edits, ...edits], more: data.more + 1, others };
}

/** Those that differ from the rule's own. */
const SEVERITIES: Partial<Record<UnpinnedReference['kind'], Severity>> = {
  'own-action': 'hint',
  'github-action': 'hint',
  image: 'hint',
  root: 'hint',
};
