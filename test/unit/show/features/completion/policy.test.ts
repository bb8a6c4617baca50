import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../../../../server/src/core/judge/rules/index.ts';
import { policyCompletions } from '../../../../../server/src/core/show/features/completion/policy-completion.ts';
import { policyPlace } from '../../../../../server/src/core/show/features/completion/policy-place.ts';
import { openWorkspace } from '../../../../workspace.ts';
import { osv } from '../../../judge/rules/osv.ts';

/** Returns the place at the `|` of a text, and the replaced token. */
function placeAt(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const place = policyPlace(text, offset);
  if (place === undefined) return undefined;
  const said = Object.entries(place.entry).map(([key, value]) => `, ${key} ${value}`);
  const token = text.slice(place.token.start, place.token.end);
  return `${place.key} <${place.typed}> for ${token}${said.join('')}`;
}

describe('places in dependency-hygiene.json', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    '{ "ignores": [{ "rule": "|" }] }': 'rule <> for ""',
    '{ "ignores": [{ "rule": | }] }': 'rule <> for ',
    '{ "ignores": [{ "rule": "vuln|': 'rule <vuln> for "vuln',
    '{ "ignores": [{ "id": "GHSA-|x", "package": "a", "version": "1.0.0" }] }':
      'id <GHSA-> for "GHSA-x", package a, version 1.0.0',
    '{ "ignores": [{ "id": "CVE|\n "package": "a" }] }': 'id <CVE> for "CVE, package a',
    '{ "ignores": [{}, { "rule": "r", "package": "@a/|" }] }': 'package <@a/> for "@a/", rule r',
    '{ "ignores": [{ "version": "|", "expires": 5, "reason": "x" }] }': 'version <> for ""',
    '{ "ignores": [{ "expires": "2027|" }] // why\n }': 'expires <2027> for "2027"',
    '{ "ignores": [{ "id": "a", }, { "id": |': 'id <> for ',
    '{ "ignores": [{ "id": "a"| }] }': undefined,
    '{ "ignores": [{ "id": "a", | }] }': undefined,
    '{ "ignores": [{ "id"|: "a" }] }': undefined,
    '{ "ignores": [{ "reason": "|" }] }': undefined,
    '{ "ignores": [{ "id": "a" /* b | */ }] }': undefined,
    '{ "ignores": [{ "id": ["|"] }] }': undefined,
    '{ "ignores": ["|"] }': undefined,
    '{ "ignores": { "id": "|" } }': undefined,
    '{ "rules": { "rule": "|" } }': undefined,
    '{ "ignores": [{ "__proto__": "|" }] }': undefined,
    '[{ "id": "|" }]': undefined,
    '|': undefined,
  };
  for (const [text, expected] of Object.entries(cases)) {
    test(text, () => assert.equal(placeAt(text), expected));
  }
});

const LOCKED = `-- package.json --
{ "name": "shop", "dependencies": { "mkdirp": "0.5.1", "minimist": "1.2.0" } }
-- package-lock.json --
{
  "name": "shop", "lockfileVersion": 3, "requires": true,
  "packages": {
    "": { "name": "shop", "dependencies": { "mkdirp": "0.5.1", "minimist": "1.2.0" } },
    "node_modules/minimist": { "version": "1.2.0" },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/mkdirp/node_modules/minimist": { "version": "0.0.8" }
  }
}
`;
const ADVISORIES = [
  osv('GHSA-vh95-rmgr-6w4m', 'minimist', '0 0.2.1', { severity: 'MODERATE' }),
  osv('GHSA-xvch-5gv4-984h', 'minimist', '0 0.2.4 1.0.0 1.2.6', {
    ...{ severity: 'CRITICAL', cwe: 'CWE-1321', title: 'prototype pollution', aliases: ['CVE-2021-44906'] },
  }),
  osv('MAL-2026-1', 'mkdirp', '', { versions: ['0.5.1'] }),
  osv('GHSA-2222-2222-2222', 'elsewhere', '0'),
];

/** Returns the completions at the `|`: the value and its detail. */
async function offered(marked: string, { hasSchema = false, extra = '' } = {}) {
  const workspace = await openWorkspace(LOCKED + extra, { advisories: ADVISORIES });
  const owner = workspace.snapshot.projects[0]!;
  const offset = marked.indexOf('|');
  const place = policyPlace(marked.slice(0, offset) + marked.slice(offset + 1), offset);
  assert.ok(place !== undefined);
  const found = workspace
    .findings()
    .flatMap(({ package: name, version }) => (name === undefined ? [] : [{ package: name, version }]));
  const context = { project: owner.project, advisories: owner.advisories, rules: RULES, found };
  const { items } = policyCompletions(place, { ...context, hasSchema, today: '2026-11-24' });
  return items;
}

const lines = async (marked: string, options?: { hasSchema?: boolean; extra?: string }) =>
  (await offered(marked, options)).map(({ value, detail }) => `${value} · ${detail}`);

describe('values in dependency-hygiene.json', () => {
  test('ids of what affects the locked versions, the worst first, other ids behind', async () => {
    assert.deepEqual(await lines('{ "ignores": [{ "id": "|" }] }'), [
      'MAL-2026-1 · mkdirp 0.5.1 · malware',
      'GHSA-xvch-5gv4-984h · minimist 0.0.8 · critical',
      'GHSA-vh95-rmgr-6w4m · minimist 0.0.8 · moderate',
      'CVE-2021-44906 · minimist 0.0.8 · critical',
    ]);
    const [first] = await offered('{ "ignores": [{ "id": "ghsa-x|" }] }');
    assert.equal(
      first?.documentation,
      'Prototype pollution. Affects <0.2.4 || >=1.0.0 <1.2.6 of minimist; 0.0.8 is locked.',
    );
  });

  test('ids that fit to the rest of the entry', async () => {
    assert.deepEqual(
      await lines('{ "ignores": [{ "id": "|", "package": "minimist", "version": "1.2.0" }] }'),
      ['GHSA-xvch-5gv4-984h · minimist 1.2.0 · critical', 'CVE-2021-44906 · minimist 1.2.0 · critical'],
    );
    assert.deepEqual(await lines('{ "ignores": [{ "rule": "malicious-version", "id": "|" }] }'), [
      'MAL-2026-1 · mkdirp 0.5.1 · malware',
    ]);
    assert.deepEqual(await lines('{ "ignores": [{ "package": "elsewhere", "id": "|" }] }'), []);
  });

  test('packages that an advisory affects before those that are only locked', async () => {
    assert.deepEqual(await lines('{ "ignores": [{ "package": "|" }] }'), [
      'mkdirp · MAL-2026-1',
      'minimist · GHSA-xvch-5gv4-984h',
    ]);
    assert.deepEqual(await lines('{ "ignores": [{ "id": "cve-2021-44906", "package": "m|" }] }'), [
      'minimist · GHSA-xvch-5gv4-984h',
      'mkdirp · has findings',
    ]);
  });

  test('versions: the affected ones, then the other ones of the package', async () => {
    assert.deepEqual(
      await lines('{ "ignores": [{ "id": "GHSA-vh95-rmgr-6w4m", "package": "minimist", "version": "|" }] }'),
      ['0.0.8 · minimist · GHSA-vh95-rmgr-6w4m', '1.2.0 · minimist, locked'],
    );
    assert.deepEqual(await lines('{ "ignores": [{ "package": "gone", "version": "|" }] }'), []);
  });

  test('days up to the longest that is allowed', async () => {
    assert.deepEqual(await lines('{ "ignores": [{ "expires": "|" }] }'), [
      '2026-12-24 · in 30 days',
      '2027-02-22 · in 90 days',
      '2027-05-23 · in 180 days, the longest',
    ]);
    const extra =
      '-- dependency-hygiene.json --\n{ "rules": { "audit-ignore-invalid": ["warning", { "maxDays": 30 }] } }\n';
    assert.deepEqual(await lines('{ "ignores": [{ "expires": "|" }] }', { extra }), [
      '2026-12-24 · in 30 days, the longest',
    ]);
  });

  test('rules, but for a client that has them from the schema', async () => {
    const rules = await offered('{ "ignores": [{ "rule": "vuln|" }] }');
    assert.deepEqual(
      rules.map(({ value }) => value),
      ['vulnerable-dependency'],
    );
    assert.deepEqual(await offered('{ "ignores": [{ "rule": "|" }] }', { hasSchema: true }), []);
  });

  test('names and titles are shown as text of one line', async () => {
    const workspace = await openWorkspace(LOCKED, {
      advisories: [osv('GHSA-2222-2222-2222', 'minimist', '0', { title: 'a\n\u202eb <script>' })],
    });
    const owner = workspace.snapshot.projects[0]!;
    const place = policyPlace('{ "ignores": [{ "id": "" }] }', 23)!;
    const context = { project: owner.project, advisories: owner.advisories, rules: RULES, found: [] };
    const { items } = policyCompletions(place, { ...context, hasSchema: false, today: '2026-11-24' });
    assert.equal(items.length, 1);
    assert.doesNotMatch(`${items[0]!.documentation}${items[0]!.detail}`, /[\n\u202e]/);
  });
});
