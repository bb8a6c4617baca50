import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AdvisorySourceState } from '../../../../server/src/core/know/advisory/advisories.ts';
import { hoverMarkdown } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { card, NOW, ready } from './hover-harness.ts';
import { BUNDLED, type KnownAdvisory, knownAdvisories } from './known-advisories.ts';

const HOUR = 3_600_000;

const MINIMIST: KnownAdvisory = {
  id: 'GHSA-xvch-5gv4-984h',
  aliases: ['CVE-2021-44906'],
  package: 'minimist',
  range: '<0.2.4 || >=1.0.0 <1.2.6',
  severity: 'critical',
  score: 9.8,
  cwes: ['CWE-1321'],
  title: 'prototype pollution',
  fixedIn: ['0.2.4', '1.2.6'],
};

const PROJECT = `-- package.json --
{
  "name": "shop",
  "dependencies": { "mkdirp": "^0.5.1", "nyc": "^15.0.0" }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "mkdirp": "^0.5.1", "nyc": "^15.0.0" } },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/minimist": { "version": "0.0.8" },
    "node_modules/nyc": { "version": "15.0.0", "dependencies": { "make-dir": "^3.0.0" } },
    "node_modules/make-dir": { "version": "3.0.0", "dependencies": { "mkdirp": "^0.5.1" } }
  }
}
`;

function source(state: Partial<AdvisorySourceState>): AdvisorySourceState {
  return { ...BUNDLED, ...state };
}

const REGISTRY = source({ source: 'registry', asOf: NOW - 3 * HOUR });

interface Asked {
  readonly path?: string;
  readonly project?: string;
  readonly known?: readonly KnownAdvisory[];
  readonly sources?: readonly AdvisorySourceState[];
}

/** Returns the verdict of a card, its lines about advisories, and what was not checked. */
async function reported(
  needle: string,
  { project = PROJECT, path, known = [MINIMIST], sources }: Asked = {},
) {
  const advisories = knownAdvisories(known, sources);
  const found = await card(project, needle, READY, { advisories, ...(path === undefined ? {} : { path }) });
  const [verdict, ...lines] = found!.plain.split('\n');
  return [verdict, ...lines.filter((line) => /^(?:Advisory|Unclear|Pulled in by|Not checked) /.test(line))];
}

const VERSIONS = ['0.0.8', '0.5.1', '15.0.0'];

/** Nothing but advisories can be missing. */
const READY = ready({
  name: 'any',
  maintainers: [{ name: 'ana' }],
  versions: Object.fromEntries(VERSIONS.map((version) => [version, { version, _npmUser: { name: 'ana' } }])),
  time: Object.fromEntries(VERSIONS.map((version, at) => [version, `2026-01-0${at + 1}T00:00:00.000Z`])),
});

describe('advisories in the hover card', () => {
  test('of an entry: each with what it is worth, and what brings the package', async () => {
    assert.deepEqual(
      await reported('"node_modules/minimist"', { path: 'package-lock.json', sources: [BUNDLED, REGISTRY] }),
      [
        '1 known vulnerability, fixed in 0.2.4',
        'Advisory      GHSA-xvch-5gv4-984h critical (9.8) · prototype pollution · fixed in 0.2.4',
        'Pulled in by  mkdirp 0.5.1 → minimist 0.0.8 · and 1 more',
      ],
    );
  });

  test('a score of another severity is left out', async () => {
    const known = [{ ...MINIMIST, score: 6.3 }];
    const [, line] = await reported('"node_modules/minimist"', { path: 'package-lock.json', known });
    assert.equal(line, 'Advisory      GHSA-xvch-5gv4-984h critical · prototype pollution · fixed in 0.2.4');
  });

  test('of a dependency: what it brings, with the way to it', async () => {
    assert.deepEqual(await reported('"nyc": "^15.0.0" }\n}'), [
      'Pulls in 1 vulnerable package: minimist 0.0.8',
      'Advisory   make-dir 3.0.0 → mkdirp 0.5.1 → minimist 0.0.8: GHSA-xvch-5gv4-984h critical (9.8) · prototype pollution · fixed in 0.2.4',
    ]);
  });

  test('several on one version: their number, what fixes all, the worst two, and how many more', async () => {
    const others = ['GHSA-2222-2222-2222', 'GHSA-3333-3333-3333'].map((id) => ({
      ...{ ...MINIMIST, id, aliases: [], score: 5, severity: 'moderate' as const, range: '<0.3.0' },
      fixedIn: ['0.3.0'],
    }));
    const found = await reported('"node_modules/minimist"', {
      ...{ path: 'package-lock.json', known: [MINIMIST, ...others] },
    });
    assert.deepEqual(found.slice(0, 3), [
      '3 known vulnerabilities, fixed in 0.3.0',
      'Advisory      GHSA-xvch-5gv4-984h critical (9.8) · prototype pollution · fixed in 0.2.4',
      'Advisory      GHSA-2222-2222-2222 moderate (5) · prototype pollution · fixed in 0.3.0 · and 1 more',
    ]);
  });

  test('malware is the verdict, also where it is pulled in', async () => {
    const known = [{ ...MINIMIST, id: 'MAL-2025-1', isMalware: true, range: '*', fixedIn: [] }];
    const [own] = await reported('"node_modules/minimist"', { path: 'package-lock.json', known });
    assert.equal(own, 'Malware: remove it, and treat machines that installed it as compromised');
    const [below] = await reported('"mkdirp": "^0.5.1",', { known });
    assert.equal(below, 'Pulls in malware: minimist 0.0.8');
  });

  test('of a catalog and an override', async () => {
    const catalog = `-- package.json --
{ "dependencies": { "minimist": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  minimist: 0.0.8
overrides:
  "minimist@1": 1.2.5
`;
    for (const [needle, version] of [
      ['minimist: 0.0.8', '0.2.4'],
      ['"minimist@1"', '1.2.6'],
    ] as const) {
      const [verdict, first] = await reported(needle, { project: catalog, path: 'pnpm-workspace.yaml' });
      assert.equal(verdict, `1 known vulnerability, fixed in ${version}`);
      assert.match(first!, new RegExp(`^Advisory +GHSA-xvch-5gv4-984h .* · fixed in ${version}$`));
    }
  });

  test('an end that the source lost: neither affected nor clean', async () => {
    const known = [{ ...MINIMIST, range: '>=0.0.0', isUnbounded: true, fixedIn: [] }];
    const [verdict, unclear] = await reported('"node_modules/minimist"', {
      path: 'package-lock.json',
      known,
    });
    assert.equal(verdict, 'Possibly vulnerable');
    assert.match(
      unclear!,
      /^Unclear +GHSA-xvch-5gv4-984h may or may not affect 0\.0\.8, as its source lost the end of >=0\.0\.0$/,
    );
  });

  test('a source that has not answered is named, and nothing counts as clean', async () => {
    const at = async (sources: readonly AdvisorySourceState[]) => {
      const [verdict, gaps] = await reported('"mkdirp"', { known: [], sources });
      assert.equal(verdict, 'Partly checked, nothing found so far');
      return /known vulnerabilities \(([^)]*)\)/.exec(gaps!)?.[1];
    };
    const failed = source({
      source: 'registry',
      state: 'failed',
      detail: 'the registry answered with status 500',
    });
    assert.equal(
      await at([BUNDLED, failed]),
      'the public npm registry: the registry answered with status 500',
    );
    assert.equal(
      await at([source({ state: 'missing' }), source({ source: 'osv', state: 'pending' })]),
      'OSV has not answered yet',
    );
    assert.equal(await at([]), 'no advisory data on this machine');
  });

  test('a range whose version a finding judges is not called unchecked', async () => {
    const project = `-- package.json --\n{ "dependencies": { "minimist": "^0.0.1" } }\n`;
    const failed = source({ source: 'registry', state: 'failed', detail: 'status 500' });
    const lastOf = async (rule: string, sources: readonly AdvisorySourceState[]) => {
      const findings = [{ severity: 'warning', message: 'minimist 0.0.8 has it.', rule }] as const;
      const advisories = knownAdvisories([MINIMIST], sources);
      const found = await card(project, '"minimist"', READY, { advisories, findings });
      return found!.plain.split('\n').at(-1)!;
    };
    const unchecked = /known vulnerabilities \(no single version is locked or declared\)/;
    assert.match(await lastOf('unbounded-range', [BUNDLED]), unchecked);
    assert.doesNotMatch(await lastOf('vulnerable-dependency', [BUNDLED]), /known vulnerabilities/);
    assert.match(
      await lastOf('vulnerable-dependency', [BUNDLED, failed]),
      /known vulnerabilities \(the public npm registry: status 500\)/,
    );
  });

  test('a registry of other packages is not named', async () => {
    const project = `-- .npmrc --
registry=https://npm.mirror.example.test/
@acme:registry=https://npm.acme.example.test/
${PROJECT}`;
    const mute = { source: 'registry', state: 'unsupported', detail: 'it offers none' } as const;
    const sources = ['npm.acme.example.test', 'npm.mirror.example.test'].map((host) =>
      source({ ...mute, host }),
    );
    const notChecked = (await reported('"mkdirp"', { project, known: [], sources })).at(-1)!;
    assert.match(notChecked, /npm\.mirror\.example\.test: it offers none/);
    assert.doesNotMatch(notChecked, /acme/);
  });

  test('public advisories do not apply to a private package of the name', async () => {
    const project = `${PROJECT}-- dependency-hygiene.json --\n{ "internalNames": ["minimist"] }\n`;
    const ask = (sources: readonly AdvisorySourceState[], from: 'bundled' | 'registry') =>
      reported('"node_modules/minimist"', {
        ...{ path: 'package-lock.json', project, sources, known: [{ ...MINIMIST, source: from }] },
      });
    assert.match(
      (await ask([BUNDLED], 'bundled')).at(-1)!,
      /known vulnerabilities \(public advisories do not apply to a private package\)/,
    );
    assert.equal((await ask([BUNDLED, REGISTRY], 'registry'))[0], '1 known vulnerability, fixed in 0.2.4');
  });

  test('ids lead to their pages where there are such; what a source writes stays text', async () => {
    const lineOf = async (advisory: KnownAdvisory) => {
      const found = await card(PROJECT, '"node_modules/minimist"', READY, {
        ...{ path: 'package-lock.json', advisories: knownAdvisories([advisory]) },
      });
      const lines = hoverMarkdown(found!.card).split(/ {2}\n|\n\n/);
      return lines.find((line) => line.startsWith('**Advisory:**'))!;
    };
    assert.match(
      await lineOf({ ...MINIMIST, id: 'MAL-2025-1', isMalware: true, range: '*' }),
      /\[MAL-2025-1\]\(<https:\/\/osv\.dev\/vulnerability\/MAL-2025-1>\) malware/,
    );
    assert.match(
      await lineOf(MINIMIST),
      / \[GHSA-xvch-5gv4-984h\]\(<https:\/\/github\.com\/advisories\/GHSA-xvch-5gv4-984h>\) critical/,
    );
    const title = 'a\n# b [c](https://d.example.test)\u202e';
    assert.match(
      await lineOf({ ...MINIMIST, id: '[x](command:evil)', cwes: [], title }),
      / \\\[x\\\]\(command:evil\) critical \(9\.8\) · a.*\\# b \\\[c\\\]\(https\\:/,
    );
  });
});
