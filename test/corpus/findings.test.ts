import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../server/src/core/judge/rules/index.ts';
import { readSpecifier } from '../../server/src/core/read/manifest/read-specifier.ts';
import type { Finding } from '../../server/src/core/read/text/finding.ts';
import { openFiles } from '../workspace.ts';
import { CORPUS_MIRRORS, CORPUS_REGISTRY, type CorpusRow, projectFiles, readCorpus } from './corpus.ts';

/**
 * The findings in real projects, by rule and project, and why they are correct. Anything else is a false alarm: all
 * other rules, and all other projects, have to be silent.
 */
const FINDINGS: Readonly<
  Record<string, { readonly why: string; readonly counts: Readonly<Record<string, number>> }>
> = {
  'audit-ignore-invalid': {
    why: 'The list of pnpm has no place for a last day, and dependency-hygiene.json does not say one either: information.',
    counts: { 'pnpm-pnpm-v9-multidoc': 6 },
  },
  'protection-weakened': {
    why: 'Their .npmrc has legacy-peer-deps=true: a hint.',
    counts: { 'npm-documentation-npm-v3': 1, 'documenso-npm-v3': 1 },
  },
  'deprecated-dependency': {
    why: 'The lockfiles do say so of each of them: a warning in a manifest that names it, else a hint, once for a version.',
    counts: {
      'hoppscotch-npm-v2': 2,
      'opentelemetry-js-contrib-npm-v2': 17,
      'create-react-app-npm-v2': 18,
      'pnpm-many-deps-pnpm-v9': 59,
      'npm-cli-docs-npm-v2': 14,
      'balena-cli-shrinkwrap-v2': 19,
      'npm-documentation-npm-v3': 19,
      'firebase-tools-shrinkwrap-v2': 7,
      'opentelemetry-js-contrib-npm-v3': 18,
      'rushstack-pnpm-v9': 76,
      'documenso-npm-v3': 7,
      'hoppscotch-pnpm-v9': 27,
      'discordjs-pnpm-v9': 31,
      'balena-cli-shrinkwrap-v3': 6,
      'pnpm-pnpm-v9-multidoc': 12,
      'hoppscotch-pnpm-v5.3': 18,
      'astro-pnpm-v6': 4,
      'npm-cli-npm-v3': 5,
      'pnpm-pnpm-v5.4-inline': 4,
      'vite-pnpm-v9': 2,
      'rushstack-pnpm-v5': 11,
      'pnpm-pnpm-v5.1': 1,
      'pnpm.io-pnpm-v5.2': 3,
      'retire-npm-v3': 6,
    },
  },
  'duplicate-dependency': {
    why: 'The manifests do declare the name twice.',
    counts: {
      'documenso-npm-v3': 1,
      'discordjs-pnpm-v9': 1,
      'discordjs-berry-v6': 1,
      'astro-yarn-v1': 1,
      'excalidraw-yarn-v1': 1,
    },
  },
  'exotic-dependency': {
    why: 'The manifests do take them from git.',
    counts: {
      'hoppscotch-pnpm-v9': 4,
      'balena-cli-shrinkwrap-v1': 1,
      'webpack-yarn-v1': 1,
    },
  },
  'exotic-transitive-dependency': {
    why: 'The packages in these lockfiles do come from git or an address.',
    counts: {
      'balena-cli-shrinkwrap-v2': 2,
      'balena-cli-shrinkwrap-v3': 1,
      'balena-cli-shrinkwrap-v1': 6,
    },
  },
  'built-in-replacement': {
    why: 'Hints: Node.js has each of them in every version that the manifest supports.',
    counts: {
      // A package of polyfills for browsers, which may need them.
      'create-react-app-npm-v2': 2,
      'balena-cli-shrinkwrap-v1': 1,
      'balena-cli-shrinkwrap-v2': 1,
      'balena-cli-shrinkwrap-v3': 1,
      'firebase-tools-shrinkwrap-v2': 1,
      'jest-berry-v10': 1,
      'jest-berry-v4': 1,
    },
  },
  'engines-mismatch': {
    why: 'Hints: the locked versions do name a newer Node.js than the manifest.',
    counts: { 'create-react-app-npm-v2': 13, 'documenso-npm-v3': 1, 'publint-pnpm-v9': 1 },
  },
  'install-script-unreviewed': {
    why: 'None of these projects has decided about its install scripts.',
    counts: {
      'hoppscotch-npm-v2': 1,
      'opentelemetry-js-contrib-npm-v2': 9,
      'create-react-app-npm-v2': 7,
      'npm-cli-docs-npm-v2': 10,
      'balena-cli-shrinkwrap-v2': 16,
      'npm-documentation-npm-v3': 12,
      'firebase-tools-shrinkwrap-v2': 4,
      'opentelemetry-js-contrib-npm-v3': 9,
      // npm 11.11 runs all scripts or none, which is one finding.
      'documenso-npm-v3': 1,
      'balena-cli-shrinkwrap-v3': 13,
      'hoppscotch-pnpm-v5.3': 10,
      'astro-pnpm-v6': 6,
      'npm-cli-npm-v3': 1,
      'pnpm-pnpm-v5.4-inline': 4,
      'santatracker-npm-v2': 4,
      'playwright-npm-v3': 1,
      'rushstack-pnpm-v5': 3,
      'pnpm-pnpm-v5.1': 2,
      'pnpm.io-pnpm-v5.2': 3,
      'vscode-deno-npm-v2': 1,
    },
  },
  'lockfile-foreign-source': {
    why: 'A proxy that is configured hands out addresses of four hosts behind it, which allowedHosts can name.',
    counts: {
      'rushstack-pnpm-v9': 4,
    },
  },
  'lockfile-integrity-missing': {
    why: 'The entries do lack a hash, or have SHA-1 only, as they have had since npm 5.',
    counts: {
      'hoppscotch-npm-v2': 1,
      'create-react-app-npm-v2': 1,
      'pnpm-many-deps-pnpm-v9': 1,
      'npm-cli-docs-npm-v2': 1,
      'balena-cli-shrinkwrap-v2': 1,
      'firebase-tools-shrinkwrap-v2': 1,
      'rushstack-pnpm-v9': 1,
      'hoppscotch-npm-v1': 1,
      'excalidraw-npm-v1': 1,
      'rushstack-shrinkwrap-nover': 1,
      'balena-cli-shrinkwrap-v3': 1,
      'balena-cli-shrinkwrap-v1': 1,
      'hoppscotch-pnpm-v5.3': 1,
      'astro-yarn-v1': 1,
      'santatracker-npm-v2': 1,
      'rushstack-pnpm-v5': 1,
      'pnpm-pnpm-v5.1': 1,
      'vscode-eslint-npm-v2': 1,
      'pnpm.io-pnpm-v5.2': 1,
      'rust-analyzer-npm-v1': 1,
      'jest-yarn-v1-2016': 1,
    },
  },
  'lockfile-legacy-format': {
    why: 'The files are as old as that.',
    counts: {
      'hoppscotch-npm-v1': 1,
      'excalidraw-npm-v1': 1,
      'rushstack-shrinkwrap-nover': 1,
      'balena-cli-shrinkwrap-v1': 1,
      'hoppscotch-pnpm-v5.3': 1,
      'pnpm-pnpm-v5.4-inline': 1,
      'rushstack-pnpm-v5': 1,
      'pnpm-pnpm-v5.1': 1,
      'pnpm.io-pnpm-v5.2': 1,
      'rust-analyzer-npm-v1': 1,
    },
  },
  'lockfile-missing': {
    why: 'Projects inside of the project, whose own lockfiles are not part of the corpus.',
    counts: {
      'create-react-app-npm-v2': 1,
      'excalidraw-yarn-v1': 1,
      'playwright-npm-v3': 1,
    },
  },
  'lockfile-out-of-sync': {
    why: 'The lockfile of that commit was made for other manifests.',
    counts: {
      'create-react-app-npm-v2': 6,
    },
  },
  'misleading-alias': {
    why: 'Overrides and packages do install forks of little use under these names: information, at an override a warning.',
    counts: {
      'pnpm-many-deps-pnpm-v9': 2,
      'discordjs-berry-v6': 2,
      'pnpm-pnpm-v9-multidoc': 5,
      'pnpm-pnpm-v5.4-inline': 3,
    },
  },
  'override-invalid': {
    why: 'The overrides do stand where nothing reads them, or name nothing that is locked.',
    counts: {
      'hoppscotch-pnpm-v9': 1,
      'pnpm-pnpm-v9-multidoc': 1,
    },
  },
  'package-manager-unpinned': {
    why: 'None of these projects pins its package manager.',
    counts: {
      'hoppscotch-npm-v2': 1,
      'opentelemetry-js-contrib-npm-v2': 1,
      'create-react-app-npm-v2': 1,
      'pnpm-many-deps-pnpm-v9': 1,
      'npm-cli-docs-npm-v2': 1,
      'balena-cli-shrinkwrap-v2': 1,
      'npm-documentation-npm-v3': 1,
      'firebase-tools-shrinkwrap-v2': 1,
      'opentelemetry-js-contrib-npm-v3': 1,
      'hoppscotch-npm-v1': 1,
      'excalidraw-npm-v1': 1,
      'rushstack-shrinkwrap-nover': 1,
      'balena-cli-shrinkwrap-v3': 1,
      'balena-cli-shrinkwrap-v1': 1,
      'hoppscotch-pnpm-v5.3': 1,
      'npm-cli-npm-v3': 1,
      'santatracker-npm-v2': 1,
      'playwright-npm-v3': 1,
      'knip-bun-v1': 1,
      'vscode-eslint-npm-v2': 1,
      'hono-bun-v0': 1,
      'pnpm.io-pnpm-v5.2': 1,
      'rust-analyzer-npm-v1': 1,
      'retire-npm-v3': 1,
      'jest-yarn-v1-2016': 1,
      'versionlens-bun-v1': 1,
      'playwright-dashboard-npm-v3': 1,
      'vscode-deno-npm-v2': 1,
      'hono-jsx-yarn-v1': 1,
    },
  },
  'script-policy-ineffective': {
    why: 'The lists do approve packages by name alone, and some that the lockfile does not have: hints, once for a list.',
    counts: {
      'hoppscotch-pnpm-v9': 2,
      'discordjs-pnpm-v9': 2,
      'pnpm-pnpm-v9-multidoc': 1,
      'vite-pnpm-v9': 1,
      'publint-pnpm-v9': 1,
    },
  },
  'typosquat-name': {
    why: 'Hints: names that do look like popular ones; whether they are meant, no file says.',
    counts: {
      'vite-pnpm-v9': 2,
    },
  },
  'unbounded-range': {
    why: 'The manifests do declare *, or a range without an end.',
    counts: {
      'hoppscotch-npm-v2': 1,
      'hoppscotch-npm-v1': 1,
      'jest-berry-v10': 25,
      'jest-berry-v4': 1,
      'hoppscotch-pnpm-v5.3': 1,
    },
  },
};

/** The rules about tampering and drift: nobody has tampered with a real project. */
const SILENT: ReadonlySet<string> = new Set([
  'lockfile-entry-mismatch',
  'lockfile-corrupt',
  'lockfile-integrity-mismatch',
  'lockfile-script-flag-mismatch',
  'insecure-url',
  'invalid-specifier',
]);

const rows = readCorpus();
if (rows.length === 0) {
  console.log('no corpus');
} else {
  test('each finding that is expected names a rule, a project of the corpus, and a reason', () => {
    const folders = new Set(rows.map(({ folder }) => folder));
    const ids = new Set(RULES.map(({ id }) => id));
    for (const [rule, { why, counts }] of Object.entries(FINDINGS)) {
      assert.ok(ids.has(rule) && !SILENT.has(rule), rule);
      assert.match(why, /^\S.*\.$/);
      for (const folder of Object.keys(counts)) assert.ok(folders.has(folder), folder);
    }
  });
  for (const row of rows) describe(row.folder, () => check(row));
}

function check(row: CorpusRow): void {
  const expected = Object.entries(FINDINGS)
    .filter(([, { counts }]) => row.folder in counts)
    .map(([rule, { counts }]) => `${rule} ${counts[row.folder]}`);

  let opened: ReturnType<typeof open> | undefined;
  const project = () => {
    opened ??= open(row);
    return opened;
  };

  test('is reported what is true there, and nothing else', async () => {
    const found = new Map<string, number>();
    for (const { rule } of (await project()).findings()) found.set(rule, (found.get(rule) ?? 0) + 1);
    assert.deepEqual([...found].map(([rule, count]) => `${rule} ${count}`).sort(), expected.sort());
  });

  test('without its mirrors, no more than one finding asks to name one, and each host has its own', async () => {
    const workspace = await open(row, []);
    const findings = workspace.findings('lockfile-foreign-source');
    const main = findings.filter(({ data }) => (data as { reason: string }).reason === 'main-host');
    assert.ok(main.length <= 1);
    const hosts = findings.map(({ data }) => (data as { host: string }).host);
    assert.ok(new Set(hosts).size === hosts.length || hosts.length <= 10, `${hosts.length}`);
  });

  test('a dependency of the root that is declared otherwise is reported', async () => {
    const files = filesOf(row);
    const text = files.get('package.json');
    if (text === undefined) return;
    const manifest = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
    const before = (await project()).findings('lockfile-out-of-sync');
    const overridden = (await project()).snapshot.projects[0]?.project.overrides;
    const namesOf = ({ data }: Finding) => {
      const { name, others } = data as { readonly name: string; readonly others: readonly string[] };
      return [name, ...others];
    };
    const known = new Set(before.flatMap(namesOf));
    const isOld = row.version === 'none';
    let changed = 0;
    for (const section of isOld ? ['dependencies'] : ['dependencies', 'devDependencies']) {
      for (const [name, declared] of Object.entries(manifest[section] ?? {})) {
        const { type } = readSpecifier(name, declared);
        if (type !== 'range' && type !== 'version') continue;
        if (known.has(name) || overridden === undefined || overridden.of(name).length > 0) continue;
        manifest[section]![name] = '987.6.5';
        changed++;
      }
    }
    files.set('package.json', JSON.stringify(manifest, undefined, 2));
    const after = (await openFiles(files, OPTIONS)).findings('lockfile-out-of-sync');
    opened = undefined;
    assert.equal(after.flatMap(namesOf).length - before.flatMap(namesOf).length, changed);
  });
}

const OPTIONS = { publicRegistry: CORPUS_REGISTRY };

function filesOf(row: CorpusRow, mirrors: readonly string[] = CORPUS_MIRRORS): Map<string, string> {
  return projectFiles(row).set('dependency-hygiene.json', JSON.stringify({ mirrors }));
}

function open(row: CorpusRow, mirrors: readonly string[] = CORPUS_MIRRORS) {
  return openFiles(filesOf(row, mirrors), mirrors.length === 0 ? {} : OPTIONS);
}
