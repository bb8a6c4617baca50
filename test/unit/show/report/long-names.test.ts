import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScriptsReport } from '../../../../server/src/core/show/report/scripts/scripts-report.ts';
import { scriptsText } from '../../../../server/src/core/show/report/scripts/scripts-text.ts';
import { unusedText } from '../../../../server/src/core/show/report/unused/unused-text.ts';

const LONG = 'x'.repeat(5000);
const options = { columns: 80, colour: false };

test('unused cuts a name that is longer than any package has', () => {
  const finding = {
    ...({ kind: 'unused', rule: 'unused-dependency', severity: 'hint', package: LONG } as const),
    ...{ path: 'package.json', line: 2, column: 5, seen: undefined, message: '' },
  };
  const text = unusedText({ findings: [finding], manifests: [], unread: [] }, options);
  assert.match(text, /…: unused$/m);
  assert.ok(text.length < 800, `${text.length} characters`);
});

test('scripts cuts such names, also those of unknown packages', () => {
  const report: ScriptsReport = {
    ...{
      rows: [],
      effect: 'they run',
      howToDecide: 'Decide',
      canDeny: true,
      unknownDecided: [],
      advice: 'ask',
    },
    unknown: [LONG, 'short'],
    unreadPackages: [{ name: LONG, version: LONG, why: 'it is gone' }],
    ...{ hasLockfile: true, unread: [] },
  };
  const text = scriptsText(report, options);
  assert.match(text, /…,?\s+short\./);
  assert.match(text, /…: it is\s+gone\.$/m);
  assert.ok(text.length < 2000, `${text.length} characters`);
});

test('a secret in a name is masked before it is cut', () => {
  const secret = `npm_${'a1B2'.repeat(9)}`;
  const report: ScriptsReport = {
    ...{
      rows: [],
      effect: 'they run',
      howToDecide: 'Decide',
      canDeny: true,
      unknownDecided: [],
      advice: 'ask',
    },
    ...{ unknown: [`${'x'.repeat(190)}-${secret}`], unreadPackages: [], hasLockfile: true, unread: [] },
  };
  assert.doesNotMatch(scriptsText(report, { ...options, columns: 1000 }), /npm_a1/);
});
