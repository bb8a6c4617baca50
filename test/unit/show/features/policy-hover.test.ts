import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverPlainText } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { policyHover } from '../../../../server/src/core/show/features/hover/policy-hover.ts';
import { openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';
import { osv } from '../../judge/rules/osv.ts';

const LOCKED = `-- package.json --
{ "name": "shop", "dependencies": { "minimist": "1.2.0" } }
-- package-lock.json --
{
  "name": "shop", "lockfileVersion": 3, "requires": true,
  "packages": {
    "": { "name": "shop", "dependencies": { "minimist": "1.2.0" } },
    "node_modules/minimist": { "version": "1.2.0" }
  }
}
`;
const ADVISORIES = [
  osv('GHSA-xvch-5gv4-984h', 'minimist', '0 0.2.4 1.0.0 1.2.6', {
    ...{ severity: 'CRITICAL', cwe: 'CWE-1321', title: 'prototype pollution', aliases: ['CVE-2021-44906'] },
  }),
];

/** Returns the card at the `|` of an entry, as text, and its token. */
async function cardAt(marked: string, options: WorkspaceOptions = {}) {
  const text = `{ "ignores": [${marked}] }`;
  const offset = text.indexOf('|');
  const source = `${LOCKED}-- dependency-hygiene.json --\n${text.replace('|', '')}\n`;
  const { snapshot } = await openWorkspace(source, { advisories: ADVISORIES, ...options });
  const { project, advisories } = snapshot.projects[0]!;
  const policy = project.policy;
  assert.ok(policy !== undefined);
  const found = policyHover(policy, offset, {
    project,
    advisories,
    today: '2026-11-24',
  });
  if (found === undefined) return undefined;
  return `${policy.text.slice(found.span.start, found.span.end)}\n${hoverPlainText(found.card)}`;
}

const entry = (members: string) =>
  `{ "rule": "vulnerable-dependency", ${members}, "reason": "x", "expires": "2026-12-24" }`;

describe('the card of an accepted advisory', () => {
  test('what it accepts of what is locked, and until when', async () => {
    const card = await cardAt(entry('"id": "CVE-2021|-44906", "package": "minimist"'));
    assert.match(card!, /^"CVE-2021-44906"\n/);
    assert.match(
      card!,
      /GHSA-xvch-5gv4-984h.* in minimist 1\.2\.0 · critical · prototype pollution · affects <0\.2\.4 \|\| >=1\.0\.0 <1\.2\.6/,
    );
    assert.match(card!, /the end of 2026-12-24, 30 days from now/);
    assert.match((await cardAt(entry('"package": "min|imist"')))!, /GHSA-xvch-5gv4-984h/);
  });

  test('nothing of what is locked, and what could not be looked up', async () => {
    for (const members of [
      '"id": "GHSA-|2222-2222-2222"',
      '"id": "GHSA-xvch|-5gv4-984h", "package": "gone"',
      '"id": "GHSA-xvch|-5gv4-984h", "package": "minimist", "version": "1.2.8"',
      '"id": "__|proto__"',
    ])
      assert.match((await cardAt(entry(members)))!, /no known advisory of a locked version/);
    const blind = await cardAt(entry('"id": "GHSA-xvch|-5gv4-984h"'), { advisories: 'missing' });
    assert.match(blind!, /no known advisory of a locked version/);
    assert.match(blind!, /Not checked/);
  });

  test('the end: today, over, without a reason', async () => {
    const until = (members: string) =>
      cardAt(`{ "rule": "vulnerable-dependency", "id": "GHSA-|x", ${members} }`);
    assert.match((await until('"reason": "x", "expires": "2026-11-24"'))!, /2026-11-24, today/);
    assert.match((await until('"reason": "x", "expires": "2026-11-25"'))!, /2026-11-25, tomorrow/);
    assert.match((await until('"reason": "x", "expires": "2026-11-23"'))!, /expired, so it accepts nothing/);
    assert.match((await until('"expires": "2026-12-01"'))!, /but it accepts nothing without a reason/);
  });

  test('nowhere else', async () => {
    assert.equal(
      await cardAt('{ "rule": "unbounded-range", "reason": "x|x", "expires": "2026-12-24" }'),
      undefined,
    );
    assert.equal(await cardAt('{ "rule": "x", "reason": "x", "exp|ires": "2026-12-24" }'), undefined);
    assert.equal(
      await cardAt('{ "rule": "new|-package", "reason": "x", "expires": "2026-12-24" }'),
      undefined,
    );
    assert.equal(await cardAt('"|"'), undefined);
  });
});
