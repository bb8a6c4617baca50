import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';
import { HASH, manifest, RULE } from './out-of-sync.ts';

const LOCK = `-- package-lock.json --
${JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { kept: '^1.0.0', changed: '^1.0.0' } },
    'node_modules/kept': { version: '1.0.0', integrity: HASH },
    'node_modules/changed': { version: '1.0.0', integrity: HASH },
  },
})}
`;

const pasted = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`added-${at}`, '^1.0.0']));

async function found(dependencies: object, more = '', lock = LOCK) {
  const workspace = await openWorkspace(`${manifest({ name: 'shop', dependencies })}${lock}${more}`);
  return workspace.findings(RULE);
}

describe('dependencies that were added to a manifest and not to its lockfile', () => {
  test('are one finding at the first, with the others as related places', async () => {
    const text = manifest({ name: 'shop', dependencies: { kept: '^1.0.0', ...pasted(10) } });
    const [only, ...others] = await found({ kept: '^1.0.0', ...pasted(10) });
    assert.deepEqual(others, []);
    assert.equal(
      only?.message,
      '10 dependencies are not declared in package-lock.json ("added-0", "added-1", "added-2" and 7 more). ' +
        'npm ci fails, as no version is locked. Update the lockfile.',
    );
    const first = text.slice(text.indexOf('\n') + 1);
    assert.equal(first.slice(0, only.span.start).split('"').at(-2), 'added-0');
    assert.deepEqual(
      only.related.map(({ span, message }) => [first.slice(0, span.start).split('"').at(-2), message]),
      Array.from({ length: 9 }, (_, at) => [`added-${at + 1}`, `"added-${at + 1}" is missing as well.`]),
    );
    assert.deepEqual(
      only.fixes().map(({ title }) => title),
      ['Copy the command that updates package-lock.json: npm install --package-lock-only --ignore-scripts'],
    );
  });

  test('stay apart from a changed range, which has a fix of its own', async () => {
    const messages = (await found({ kept: '^1.0.0', changed: '^2.0.0', ...pasted(2) })).map(
      ({ message }) => message,
    );
    assert.equal(messages.length, 2);
    assert.match(messages[0]!, /^"changed" is "\^2\.0\.0" here but/);
    assert.match(
      messages[1]!,
      /^2 dependencies are not declared in package-lock\.json \("added-0", "added-1"\)\./,
    );
  });

  test('are covered by no ignore of one of them', async () => {
    const ignore = { rule: RULE, package: 'added-0', reason: 'optional', expires: '2026-12-15' };
    const policy = `-- dependency-hygiene.json --\n${JSON.stringify({ ignores: [ignore] })}\n`;
    const messages = (await found({ kept: '^1.0.0', ...pasted(3) }, policy)).map(({ message }) => message);
    assert.ok(
      messages.some((message) => /^2 dependencies are not declared .*"added-1", "added-2"/.test(message)),
      `${messages}`,
    );
    assert.ok(!messages.some((message) => /added-0.*added-1/.test(message)));
  });

  test('in a lockfile without a copy of the ranges as well', async () => {
    const lock = '-- yarn.lock --\n# yarn lockfile v1\n\n\nkept@^1.0.0:\n  version "1.0.0"\n';
    const messages = (await found({ kept: '^1.0.0', ...pasted(2) }, '', lock)).map(({ message }) => message);
    assert.deepEqual(messages, [
      '2 dependencies have no entry in yarn.lock ("added-0", "added-1"), so yarn install --frozen-lockfile fails. Update the lockfile.',
    ]);
  });
});
