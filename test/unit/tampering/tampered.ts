import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFiles, TEST_REGISTRY } from '../../workspace.ts';

/** A package of the public registry, as locked in all lockfiles here. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly sha512: string;
  readonly sha1: string;
}

function locked(name: string, version: string, sha1: string, sha512: string): Locked {
  return { name, version, url: `${TEST_REGISTRY}${name}/-/${name}-${version}.tgz`, sha512, sha1 };
}

export const MINIMIST = locked(
  'minimist',
  '1.2.8',
  'c1a464e7693302e082a075cee0c057741ac4772c',
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==',
);
export const ONCE = locked(
  'once',
  '1.4.0',
  '583b1aa775961d4b113ac17d9c50baef9dd76bd1',
  'sha512-lNaJgI+2Q5URQBkccEKHTQOPaXdUxnZZElQTZY0MFUAuaEqe1E+Nyvgdz/aIyNi6Z9MzO5dv1H8n58/GELp3+w==',
);
export const WRAPPY = locked(
  'wrappy',
  '1.0.2',
  'b5243d8f3ec1aa35f1364605bc0d1036e30ab69f',
  'sha512-l4Sp/DRseor9wL6EvV2+TuQn63dMkPjZ/sp9XkghTEbV9KlPS1xUsZ3u7/IQO4wxtcFB4bgpQPRcR3QCvezPcQ==',
);

export const FOREIGN = 'https://evil.example.test/minimist/-/minimist-1.2.8.tgz';
export const FOREIGN_WRAPPY = 'https://evil.example.test/wrappy/-/wrappy-1.0.2.tgz';

const MANIFEST = `{
  "name": "shop",
  "dependencies": {
    "minimist": "^1.2.8",
    "once": "^1.4.0"
  }
}
`;

const MISMATCH = 'lockfile-entry-mismatch';
const SOURCE = 'lockfile-foreign-source';
const HASH = 'lockfile-integrity-missing';
const SYNC = 'lockfile-out-of-sync';
const FLAG = 'lockfile-script-flag-mismatch';
const DIGEST = 'lockfile-integrity-mismatch';
const RULES: ReadonlySet<string> = new Set([MISMATCH, SOURCE, HASH, SYNC, FLAG, 'lockfile-corrupt', DIGEST]);

/** The exact place of a finding: in the lockfile, or in package.json if specified. */
export interface Expected {
  readonly rule: keyof typeof NAMES;
  readonly token: string;
  readonly severity?: string;
  readonly message?: string;
  readonly file?: string;
}

const NAMES = {
  mismatch: MISMATCH,
  source: SOURCE,
  hash: HASH,
  sync: SYNC,
  flag: FLAG,
  digest: DIGEST,
  corrupt: 'lockfile-corrupt',
} as const;

/** One edit, and the resulting findings. */
export interface Cell {
  readonly title: string;
  /** Replacements, each of a text that occurs exactly once. */
  readonly edits: readonly (readonly [before: string, after: string])[];
  readonly finds: readonly Expected[];
}

export interface Tampered {
  readonly file: string;
  readonly text: string;
  readonly manifest?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** Tests that the untouched lockfile is silent, and that each edit of it is reported at the exact token. */
export function testTampering(subject: Tampered, cells: readonly Cell[]): void {
  test('the untouched file is silent', async () => {
    assert.deepEqual(await findingsIn(subject, subject.text), []);
  });
  for (const { title, edits, finds } of cells) {
    test(title, async () => {
      let text = subject.text;
      for (const [before, after] of edits) {
        assert.equal(text.split(before).length, 2, `${before} stands once in:\n${text}`);
        text = text.replace(before, () => after);
      }
      const expected = finds.map(({ rule, token, severity, message, file }) => ({
        rule: NAMES[rule],
        severity: severity ?? (rule === 'hash' || rule === 'sync' ? 'warning' : 'error'),
        file: file ?? subject.file,
        token,
        message,
      }));
      const found = await findingsIn(subject, text);
      assert.deepEqual(
        found.map((finding, at) =>
          expected[at]?.message === undefined ? { ...finding, message: undefined } : finding,
        ),
        expected,
      );
    });
  }
}

async function findingsIn({ file, manifest = MANIFEST, more = {} }: Tampered, text: string) {
  const files = new Map([...Object.entries({ 'package.json': manifest, ...more }), [file, text]]);
  const workspace = await openFiles(files);
  assert.equal(workspace.snapshot.projects[0]?.project.lockfile?.status, 'checked', text);
  const inManifest = workspace.findings().filter(({ uri }) => uri.endsWith('/package.json'));
  const others = workspace.findings().filter((finding) => !finding.uri.endsWith('/package.json'));
  return [...inManifest, ...others]
    .filter(({ rule }) => RULES.has(rule))
    .map(({ rule, severity, uri, span, message }) => ({
      rule,
      severity,
      file: uri.slice(uri.lastIndexOf('/') + 1),
      token: workspace.snapshot.textOf(uri)?.slice(span.start, span.end),
      message,
    }));
}
