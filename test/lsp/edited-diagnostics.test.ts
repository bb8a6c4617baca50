import assert from 'node:assert/strict';
import { test } from 'node:test';
import { osv } from '../unit/judge/rules/osv.ts';
import { type RandomSource, randomSource } from '../unit/read/text/random-source.ts';
import { indexOf } from '../workspace.ts';
import { type Capabilities, PULLING } from './capabilities.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const EDITS = 60;

/** Clients that receive everything at once, as they cannot be told to pull again. */
const capabilitiesOf = (positionEncodings: ('utf-8' | 'utf-16')[]): Capabilities => ({
  ...PULLING,
  general: { positionEncodings },
  workspace: { ...PULLING.workspace, diagnostics: { refreshSupport: false } },
});

const RECORDS = [
  osv('GHSA-2222-2222-2222', 'minimist', '0 9.0.0'),
  osv('GHSA-3333-3333-3333', 'react', '0 9.0.0'),
];
const LINES = [
  '"lodahs": "^4.17.0"',
  '"minimist": "0.0.8"',
  '"é𝒮": "*"',
  '"mkdirp": "0.5.1"',
  '"react": "^1.0.0"',
  '"a": "git+ssh://git@a.example.test/b.git"',
  '"minimist": "0.0.8" ',
];
const INSERTED = ['', ' ', '\n', '\r\n', '𝒮', 'é', 'x', '"', ',', '\t"zod": "*",'];
const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { minimist: '0.0.8', mkdirp: '0.5.1', react: '^1.0.0' } },
    'node_modules/minimist': { version: '0.0.8' },
    'node_modules/react': { version: '1.0.1' },
    'node_modules/mkdirp': { version: '0.5.1', dependencies: { minimist: '0.0.8' } },
  },
});

function manifestOf(random: RandomSource, newline: string): string {
  const some = Array.from({ length: 9 }, () => `    ${random.pick(LINES)}`);
  return [
    '{',
    '  "description": "𝒮𝒽ö𝓅",',
    '  "dependencies": {',
    some.join(`,${newline}`),
    '  }',
    '}',
    '',
  ].join(newline);
}

async function open(text: string, capabilities: Capabilities): Promise<TestClient> {
  const client = await startClient({
    files: { 'package.json': text, 'package-lock.json': LOCK },
    capabilities,
    ports: { advisories: () => indexOf(RECORDS) },
  });
  await client.open(MANIFEST);
  return client;
}

for (const encoding of ['utf-16', 'utf-8'] as const) {
  test(`${encoding}: after each edit the diagnostics are those of the text as it is when it is opened`, async () => {
    let reported = 0;
    for (const [seed, newline] of [
      [1, '\n'],
      [2, '\r\n'],
    ] as const) {
      const random = randomSource(seed);
      const client = await open(manifestOf(random, newline), capabilitiesOf([encoding]));
      for (let edit = 0; edit < EDITS; edit++) {
        const text = client.textOf(MANIFEST);
        const place = random.below(text.length);
        // Often at the start of a line, where exactly one line moves.
        const start = random.below(3) === 0 ? text.lastIndexOf('\n', place) + 1 : place;
        const end = Math.min(text.length, start + random.below(4));
        if (isInside(text, start) || isInside(text, end)) continue;
        await client.edit(MANIFEST, start, end, random.pick(INSERTED));
        if (edit % 10 === 9) {
          const all = client.textOf(MANIFEST).length;
          await client.edit(MANIFEST, 0, all, manifestOf(random, newline));
        }
        const { items = [] } = await client.pull(MANIFEST);
        const fresh = await open(client.textOf(MANIFEST), capabilitiesOf([encoding]));
        const expected = (await fresh.pull(MANIFEST)).items;
        assert.deepEqual(items, expected, JSON.stringify(client.textOf(MANIFEST)));
        await fresh.close();
        reported += items.length;
      }
      await client.close();
    }
    assert.ok(reported > 300, String(reported));
  });
}

/** Checks whether a position is in the middle of a surrogate pair or of a line break, where no editor edits. */
function isInside(text: string, at: number): boolean {
  return /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(at - 1, at + 1));
}
