import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openFiles, ROOT } from '../../../workspace.ts';

const BRIEF = path.join(import.meta.dirname, '../../../../../shared/data/brief');
const FILES = {
  '.github/workflows/security.yml': 'workflow.yml.txt',
  '.github/workflows/monitoring.yml': 'monitoring.yml.txt',
  Dockerfile: 'Dockerfile.txt',
};

test('the workflow and the Dockerfile of the brief have the findings that they deserve', {
  skip: existsSync(BRIEF) ? false : 'the brief is not here',
}, async () => {
  const files = new Map([
    ['package.json', '{ "name": "shop", "packageManager": "npm@11.19.1" }\n'],
    [
      'package-lock.json',
      '{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }\n',
    ],
  ]);
  for (const [name, source] of Object.entries(FILES))
    files.set(name, readFileSync(path.join(BRIEF, source), 'utf8'));
  const { findings, text } = await openFiles(files);
  const found = findings()
    .filter(({ uri }) => Object.keys(FILES).some((name) => uri === `${ROOT}/${name}`))
    .map(({ rule, severity, uri, span }) => {
      const name = uri.slice(ROOT.length + 1);
      return `${name} ${severity} ${rule} ${text(name)!.slice(span.start, span.end)}`;
    });
  assert.deepEqual(found, [
    '.github/workflows/security.yml hint ci-reference-unpinned actions/checkout@v3',
    ".github/workflows/security.yml warning ci-reference-unpinned '18'",
    '.github/workflows/security.yml hint ci-audit-missing npm',
    'Dockerfile warning ci-reference-unpinned node:18-alpine',
    'Dockerfile hint ci-unlocked-install --only=production',
  ]);
});
