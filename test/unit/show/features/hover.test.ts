import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NO_ADVISORIES } from '../../../../server/src/core/know/advisory/advisories.ts';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { hover } from '../../../../server/src/core/show/features/hover/hover.ts';
import { hoverTarget } from '../../../../server/src/core/show/features/hover/target.ts';
import { openWorkspace } from '../../../workspace.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';

import {
  card,
  fact,
  knownOf,
  LOCKFILE,
  MANIFEST,
  NOW,
  NPMRC,
  plain,
  ready,
  VERIFIED,
} from './hover-harness.ts';

describe('the hover card', () => {
  test('all is known: the verdict, the versions, and five facts', async () => {
    const known = { downloads: fact({ lastWeek: 1_234_567 }), signature: fact(VERIFIED) };
    assert.equal(
      await plain(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready(), { known }),
      `No known problems, by bundled data of 20 Nov 2026 (4 days ago)
left-pad 1.2.0 locked · declares ^1.0.0 · latest 1.2.0

Scripts    postinstall: node install.js — approved for 1.2.0 in allowScripts
Published  12 Sep 2026 (2 months ago) by bert, who published no version before
Trust      registry signature verified · no provenance
Releases   3 versions since 2020, 1 in the last year · 1.2 M downloads a week
Contents   MIT · 1 dependency · 1.2 kB`,
    );
  });

  test('a hint is left out, but not why a name is suspicious, of which the card says nothing else', async () => {
    const findings = [
      { severity: 'hint', message: 'Offers a fix.', rule: 'unbounded-range' },
      { severity: 'hint', message: 'It could be mistaken.', rule: 'typosquat-name' },
    ] as const;
    const text = await plain(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready(), { findings });
    assert.ok(text !== undefined);
    assert.match(text, /^Hint: It could be mistaken\.$/m);
    assert.doesNotMatch(text, /Offers a fix/);
  });

  test('offline, with what was known', async () => {
    const packument = ready(samplePackument(), {
      asOf: NOW - 3 * 60 * 60 * 1000,
      stale: true,
      notRefreshed: { reason: 'offline', detail: 'offline' },
    });
    assert.equal(
      await plain(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', packument, {
        findings: [
          { severity: 'warning', message: 'First.' },
          { severity: 'warning', message: 'Second.' },
        ],
      }),
      `Warning: First.
left-pad 1.2.0 locked · declares ^1.0.0 · latest 1.2.0

Finding      warning: Second.
Scripts      postinstall: node install.js — approved for 1.2.0 in allowScripts
Published    12 Sep 2026 (2 months ago) by bert, who published no version before
Trust        no provenance
Releases     3 versions since 2020, 1 in the last year
Not checked  registry data (offline, last known 3 h ago); signature (no answer yet)`,
    );
  });

  test('ends a long message with a whole sentence, or else with a word', async () => {
    const first = `It may resolve to nodemailer 6.9.9, ${'which has vulnerabilities '.repeat(6).trim()}.`;
    const verdictOf = async (message: string) => {
      const findings = [{ severity: 'warning', message }] as const;
      return (await plain(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready(), { findings }))?.split(
        '\n',
      )[0];
    };
    assert.equal(await verdictOf(`${first} 8.0.5 fixes all. Update it.`), `Warning: ${first} …`);
    assert.match((await verdictOf(first.replaceAll(' which', ', which').repeat(2))) ?? '', /\w…$/);
  });

  test('leaves out findings that the editor shows beside it, without saying that there are none', async () => {
    const findings = [{ severity: 'warning' as const, message: 'First.' }];
    const shown = (needle: string, shownByEditor: boolean) =>
      plain(MANIFEST + LOCKFILE, needle, { state: 'pending' }, { findings, shownByEditor });
    assert.match((await shown('"left-pad": "^1.0.0"', false)) ?? '', /^Warning: First\./);
    const beside = (await shown('"left-pad": "^1.0.0"', true)) ?? 'First';
    assert.match(beside, /^1 warning, see its message\n/);
    assert.doesNotMatch(beside, /First/);
  });

  test('malware that a range may resolve to is the verdict, not the name that the editor shows beside it', async () => {
    const findings = [
      { severity: 'warning', message: 'It looks like "left-padd".', rule: 'typosquat-name' },
      { severity: 'warning', message: '"^1.0.0" may resolve to malware.', rule: 'malicious-version' },
    ] as const;
    const text = await plain(MANIFEST, '"left-pad": "^1.0.0"', { state: 'pending' }, { findings });
    assert.match(text ?? '', /^Warning: "\^1\.0\.0" may resolve to malware\.\n/);
  });

  test('offline, with nothing known', async () => {
    const packument: Fact<Packument> = { state: 'unavailable', reason: 'offline', detail: 'offline' };
    assert.equal(
      await plain(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', packument),
      `Partly checked, nothing found so far
left-pad 1.2.0 locked · declares ^1.0.0

Scripts      runs a script on install — approved for 1.2.0 in allowScripts
License      MIT
Registry     the public npm registry (npm's default)
Not checked  registry data (offline)`,
    );
  });

  test('not trusted: the registry of the project’s file is named and not used', async () => {
    const detail = 'this folder is not trusted';
    const packument: Fact<Packument> = { state: 'unavailable', reason: 'untrusted', detail };
    assert.equal(
      await plain(MANIFEST + NPMRC + LOCKFILE, '"@acme/left-pad"', packument, { trusted: false }),
      `Not checked
@acme/left-pad 1.1.0 locked · declares ~1.1.0 · development

Registry     npm.acme.example.test (.npmrc line 2); it is not used
Scripts      none run on install
Not checked  registry data (this folder is not trusted); known vulnerabilities (public advisories do not apply to a private package)`,
    );
  });

  test('a private registry that tells neither maintainers nor publishers nor times', async () => {
    const versions = { '1.1.0': { license: 'MIT' }, '1.3.0': {} };
    const packument = ready({ name: '@acme/left-pad', 'dist-tags': { latest: '1.3.0' }, versions });
    assert.equal(
      await plain(MANIFEST + NPMRC + LOCKFILE, '"@acme/left-pad"', packument),
      `Partly checked, nothing found so far
@acme/left-pad 1.1.0 locked · declares ~1.1.0 · development · latest 1.3.0

Registry     served by npm.acme.example.test (.npmrc line 2); this name is sent nowhere else
Releases     2 versions
Contents     MIT · no install script · no dependencies
Not checked  known vulnerabilities (public advisories do not apply to a private package); release date, publisher, maintainers (not provided by this registry)`,
    );
  });

  test('a scoped name without a rule', async () => {
    const packument: Fact<Packument> = { state: 'pending' };
    assert.equal(
      await plain(MANIFEST + LOCKFILE, '"@acme/left-pad"', packument),
      `Partly checked, nothing found so far
@acme/left-pad 1.1.0 locked · declares ~1.1.0 · development

Scripts      none run on install
Registry     the public npm registry (npm's default; no rule for @acme in .npmrc)
Not checked  registry data (no answer yet)`,
    );
  });

  test('not in the lockfile: the latest version is told', async () => {
    assert.equal(
      await plain(MANIFEST + LOCKFILE, '"not-locked": "^1.0.0"\n  },', ready(samplePackument('not-locked'))),
      `Partly checked, nothing found so far
not-locked not in the lockfile · declares ^1.0.0 · development · latest 1.2.0

Scripts      postinstall: node install.js — unreviewed in allowScripts
Published    1.2.0 (latest) on 12 Sep 2026 (2 months ago) by bert, who published no version before
Trust        no provenance
Releases     3 versions since 2020, 1 in the last year
Contents     MIT · 1 dependency · 1.2 kB
Not checked  known vulnerabilities (no single version is locked or declared); signature (no answer yet)`,
    );
  });

  test('no lockfile, and no such package', async () => {
    assert.equal(
      await plain(MANIFEST, '"not-locked"', { state: 'absent', asOf: NOW }),
      `Not found: the public npm registry has no package named "not-locked"
not-locked no lockfile · declares ^1.0.0 · development

Registry     the public npm registry (npm's default)
Not checked  known vulnerabilities (no single version is locked or declared)`,
    );
  });

  test('a lockfile that cannot be read', async () => {
    const card = await plain(
      `${MANIFEST}-- package-lock.json --\n{ "lockfileVersion": 3, nonsense\n`,
      '"not-locked"',
      {
        state: 'absent',
        asOf: NOW,
      },
    );
    assert.match(card ?? '', /^Not checked +locked version \(the lockfile cannot be read\);/m);
  });

  test('a git dependency is asked of no registry', async () => {
    const found = await card(MANIFEST + LOCKFILE, '"git-dep"', { state: 'pending' });
    assert.equal(found?.target.elsewhere, 'git: github:acme/git-dep#v1.2.3');
    assert.equal(
      found?.plain,
      `Not checked
git-dep 1.2.3 locked · declares github:acme/git-dep#v1.2.3

Source       git: github:acme/git-dep#v1.2.3
Locked to    git+ssh://***@github.com/acme/git-dep.git#0123456789012345678901234567890123456789
Scripts      none run on install
Pulls in     1 package, depth 1, 1 with an install script
License      ISC
Not checked  known vulnerabilities (not from a registry)`,
    );
  });

  test('a package of the workspace', async () => {
    const text = await plain(MANIFEST + LOCKFILE, '"shop-a"', { state: 'pending' });
    assert.match(text!, /^A package of this workspace\nshop-a a member of the workspace, 1\.0\.0/);
  });

  test('an alias is asked for by the name of what it stands for; an older version says so', async () => {
    const found = await card(MANIFEST + LOCKFILE, '"pad"', ready());
    assert.equal(found?.target.target, 'left-pad');
    assert.equal(
      found?.plain,
      `Deprecated: use 1.2.0
pad an alias of left-pad · 1.1.0 locked · declares npm:left-pad@^1.0.0 · latest 1.2.0 (2 months ago)

Changed in 1.2.0  published by bert, before by anna · new postinstall: node install.js
Published         6 May 2024 (2 years ago) by anna, like the version before
Trust             no provenance
Releases          3 versions since 2020, 1 in the last year
Contents          MIT · no install script · 1 dependency · 1.2 kB
Not checked       signature (no answer yet)`,
    );
  });

  test('a locked version that the registry does not list', async () => {
    const packument = ready({
      name: 'left-pad',
      'dist-tags': { latest: '1.0.0' },
      versions: { '1.0.0': {} },
    });
    const text = await plain(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', packument);
    assert.match(text!, /^Partly checked,/);
    assert.match(text!, /^Not checked +1\.2\.0 \(not listed by this registry\)/m);
    assert.match(text!, /^Releases +1 version$/m);
  });

  test('decisions about install scripts, as npm reads them', async () => {
    const words = async (allowScripts: object, lockfile = LOCKFILE, needle = '"left-pad": "^1.0.0"') => {
      const manifest = MANIFEST.replace('{ "left-pad@1.2.0": true }', JSON.stringify(allowScripts));
      const found = await card(manifest + lockfile, needle, ready());
      const line = found?.card.lines.find(({ label }) => label === 'Scripts');
      return String(line?.texts[0]).split(' — ')[1];
    };
    assert.equal(await words({}), 'unreviewed in allowScripts');
    assert.equal(await words({ 'left-pad': true }), 'approved for every version in allowScripts');
    assert.equal(await words({ 'left-pad@1.0.0 || 1.2.0': true }), 'approved for 1.2.0 in allowScripts');
    assert.equal(
      await words({ 'left-pad@1.2.1': true, 'left-pad@^1.0.0': true }),
      'unreviewed in allowScripts',
    );
    assert.equal(
      await words({ 'left-pad': true, 'left-pad@1.2.0': false }),
      'denied for 1.2.0 in allowScripts',
    );
    const withoutAddress = LOCKFILE.replace(/\n +"resolved": ".*left-pad-1\.2\.0\.tgz",/, '');
    assert.notEqual(withoutAddress, LOCKFILE);
    assert.equal(await words({ 'left-pad@1.2.0': true }, withoutAddress), 'unreviewed in allowScripts');
    assert.equal(
      await words({ 'left-pad': true }, withoutAddress),
      'approved for every version in allowScripts',
    );
  });

  test('on the value, beside the tokens, and elsewhere', async () => {
    const source = MANIFEST + LOCKFILE;
    assert.equal((await card(source, '^1.0.0', ready()))?.token, '"^1.0.0"');
    assert.equal(await card(source, '"name"', ready()), undefined);
    assert.equal(await card(source, '"workspaces"', ready()), undefined);
  });

  test('in the lockfile: on an entry, and on what an entry declares', async () => {
    const path = 'package-lock.json';
    const source = MANIFEST + LOCKFILE;
    const entry = await card(source, '"node_modules/pad"', ready(), { path });
    assert.equal(
      entry?.card.header.join(' · '),
      'an alias of left-pad · 1.1.0 locked · latest 1.2.0 (2 months ago)',
    );
    assert.equal(entry?.token, '"node_modules/pad"');
    const edge = await card(source, '"left-pad": "^1.1.0"', ready(), { path });
    assert.equal(edge?.card.header.join(' · '), '1.2.0 locked · declares ^1.1.0 · latest 1.2.0');
    const root = await card(source, '"@acme/left-pad"', ready(), { path });
    assert.equal(
      root?.card.header.join(' · '),
      '1.1.0 locked · declares ~1.1.0 · development · latest 1.2.0 (2 months ago)',
    );
    const integrity = await card(source, '"sha512-BBBB"', ready(), { path });
    assert.equal(integrity?.card.name, 'left-pad');
    assert.equal(await card(source, '"lockfileVersion"', ready(), { path }), undefined);
  });

  test('the user’s own file, a mirror and the environment say so too', async () => {
    const open = (options: Parameters<typeof openWorkspace>[1], extra = '') =>
      openWorkspace(MANIFEST + extra, options);
    const words = async (workspace: Awaited<ReturnType<typeof openWorkspace>>) => {
      const uri = workspace.uri('package.json');
      const { project, files } = workspace.snapshot.projectOf(uri)!;
      const target = hoverTarget(
        project,
        files.get(uri)!,
        workspace.text('package.json')!.indexOf('left-pad'),
      )!;
      const { card } = hover(target, {
        ...{ project, known: knownOf({ state: 'pending' }), findings: [], allChecked: true, now: NOW },
        advisories: NO_ADVISORIES,
      });
      return card.lines.find(({ label }) => label === 'Registry')?.texts[0];
    };
    const userNpmrc = '\nregistry=https://mirror.example.test/npm/\n';
    const mirrors = '-- dependency-hygiene.json --\n{ "mirrors": ["https://mirror.example.test/npm/"] }\n';
    assert.equal(
      await words(await open({ userNpmrc }, mirrors)),
      'mirror.example.test, a mirror of the public npm registry (your own .npmrc line 2)',
    );
    assert.equal(
      await words(
        await open({ environment: { NPM_CONFIG_REGISTRY: 'https://npm.acme.example.test:8443/' } }),
      ),
      'served by npm.acme.example.test:8443 (environment variable NPM_CONFIG_REGISTRY); this name is sent nowhere else',
    );
  });
});
