import { plural } from '../../read/text/words/words.ts';
import { type PublishWeakness, publishWeaknesses } from '../automation/publish-jobs.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * A job that publishes with more than it needs. One finding for each weakness of a file. Not reported: private registries,
 * dry runs, and tools that publish by themselves without such a token. Known false positives: a first release, which needs a token.
 */
interface Weakness extends Pick<PublishWeakness, 'kind' | 'name'> {
  readonly more: number;
}

export const ciPublishHardening = defineRule<Weakness, Record<string, never>>({
  id: 'ci-publish-hardening',
  category: 'automation',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A workflow that publishes with a long-lived token, with all rights, or from a shared cache.',
    why: `A token that publishes can be stolen from any step of its job, and works everywhere until it expires. With trusted
publishing the registry trusts one workflow instead: the job has \`id-token: write\`, npm 11.5.1 or later signs in by itself, and
adds provenance. Configure it on the website of the registry, and then disallow tokens for the package.

Tools such as semantic-release, changesets and release-it count if they get such a token. Their current versions publish
without one.

A job that names no permissions has those that the repository gives to all, which may be to write. A cache of packages is
shared with other workflows of the repository: in May 2026 a pull request poisoned one, and the next release contained it.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .github/workflows/release.yml --
on: { release: { types: [published] } }
permissions:
  contents: read
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
          ^^^^^^^^^^^^^^^ ci-publish-hardening
`,
    good: `-- package.json --
{ "name": "shop" }
-- .github/workflows/release.yml --
on: { release: { types: [published] } }
permissions:
  contents: read
  id-token: write
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`,
  },
  check: {
    *automation(file, { project }) {
      const byKind = new Map<string, Found<Weakness>>();
      for (const { kind, name, span, command } of publishWeaknesses(file, project)) {
        const first = byKind.get(kind);
        const related = {
          uri: file.uri,
          span: first === undefined ? command : span,
          message: first === undefined ? 'Publishes' : 'Another job',
        };
        byKind.set(kind, {
          ...(first ?? { span }),
          data: { kind, name: first?.data.name ?? name, more: first === undefined ? 0 : first.data.more + 1 },
          related: [...(first?.related ?? []), related],
        });
      }
      yield* byKind.values();
    },
  },
  message({ data: { kind, name, more } }) {
    const others = more === 0 ? '' : ` (and ${plural(more, 'other job')})`;
    switch (kind) {
      case 'token':
        return `${name} publishes with a long-lived token${others}. Use trusted publishing, with "id-token: write".`;
      case 'permissions':
        return `Job "${name}" publishes with the default rights of the repository${others}. Add "permissions" with those it needs.`;
      case 'cache':
        return `The cache of packages is shared with other workflows${others}. Publish without "${name}".`;
      case 'provenance':
        return `"${name}" publishes without provenance${others}. Remove it.`;
    }
  },
});
