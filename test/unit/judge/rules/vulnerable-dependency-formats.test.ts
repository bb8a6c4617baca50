import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { indexLines } from '../../../../server/src/core/read/text/lines/line-index.ts';
import { relativeUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { openFiles, ROOT } from '../../../workspace.ts';
import { osv } from './osv.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/lockfiles');

const ADVISORIES = [
  osv('GHSA-2222-2222-2222', 'js-tokens', '0 5.0.0', { severity: 'MODERATE' }),
  osv('GHSA-3333-3333-3333', 'is-odd', '0 3.0.1', { severity: 'LOW' }),
  osv('GHSA-4444-4444-4444', 'is-number', '0 6.0.0'),
];

interface Reported {
  readonly dev: boolean;
  readonly advisories: readonly { readonly package: string; readonly version: string }[];
  readonly introducers: readonly string[];
  readonly isDirect: boolean;
}

/** Returns each finding: its place, its subject, and for an entry what pulls it in. */
async function found(format: string): Promise<readonly string[]> {
  const folder = join(FIXTURES, format);
  const paths = globSync(['**/*', '**/.*'], { cwd: folder, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name));
  const files = new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
  const workspace = await openFiles(files, { advisories: ADVISORIES });
  return workspace.findings('vulnerable-dependency').map(({ uri, span, severity, data }) => {
    const path = relativeUri(ROOT, uri);
    const text = workspace.text(path)!;
    const { dev, advisories, introducers, isDirect } = data as Reported;
    const about = advisories.map((each) => `${each.package}@${each.version}`).join(' ');
    const by = path.endsWith('package.json') ? '' : ` <- ${isDirect ? 'declared' : introducers.join(' ')}`;
    const line = indexLines(text).positionAt(span.start).line + 1;
    return `${path}:${line} ${text.slice(span.start, span.end)} ${severity}${dev ? ' dev' : ''} ${about}${by}`;
  });
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'npm-v1': [
    'package-lock.json:33 "4.0.0" warning dev is-number@4.0.0 <- is-odd',
    'package-lock.json:41 "4.0.0" warning js-tokens@4.0.0 <- react',
    'package.json:15 "2.0.0" information dev is-odd@2.0.0',
  ],
  'npm-v3': [
    'package-lock.json:96 "4.0.0" error is-number@4.0.0 <- is-odd',
    'package-lock.json:106 "4.0.0" warning js-tokens@4.0.0 <- react',
    'package.json:18 "2.0.0" information dev is-odd@2.0.0',
  ],
  'yarn-v1': [
    'package.json:19 "2.0.0" information dev is-odd@2.0.0',
    'package.json:27 "5.0.0" error is-number@5.0.0',
    'yarn.lock:31 "4.0.0" error is-number@4.0.0 <- is-odd',
    'yarn.lock:50 "4.0.0" warning js-tokens@4.0.0 <- react',
  ],
  'yarn-berry-v10': [
    'package.json:20 "2.0.0" information dev is-odd@2.0.0',
    'package.json:29 "npm:5.0.0" error is-number@5.0.0',
    'yarn.lock:152 4.0.0 warning js-tokens@4.0.0 <- react',
  ],
  'pnpm-v5.3': [
    'package.json:19 "2.0.0" information dev is-odd@2.0.0',
    'package.json:28 "5.0.0" error is-number@5.0.0',
    'pnpm-lock.yaml:103 4.0.0 warning js-tokens@4.0.0 <- react',
  ],
  'pnpm-v6': [
    'package.json:19 "2.0.0" information dev is-odd@2.0.0',
    'package.json:28 "5.0.0" error is-number@5.0.0',
    'pnpm-lock.yaml:129 4.0.0 warning js-tokens@4.0.0 <- react',
  ],
  'pnpm-v9': [
    'package.json:19 "2.0.0" information dev is-odd@2.0.0',
    'package.json:28 "5.0.0" error is-number@5.0.0',
    'pnpm-lock.yaml:118 4.0.0 warning js-tokens@4.0.0 <- react',
  ],
  'bun-v2': [
    'bun.lock:70 4.0.0 warning js-tokens@4.0.0 <- react',
    'package.json:17 "2.0.0" information dev is-odd@2.0.0',
  ],
};

describe('vulnerable-dependency in lockfiles of every format', () => {
  for (const [format, expected] of Object.entries(EXPECTED)) {
    test(format, async () => assert.deepEqual(await found(format), expected));
  }
});
