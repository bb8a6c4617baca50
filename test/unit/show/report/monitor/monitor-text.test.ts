import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  MonitoredUse,
  MonitorReport,
} from '../../../../../server/src/core/show/report/monitor/monitor-report.ts';
import { monitorText } from '../../../../../server/src/core/show/report/monitor/monitor-text.ts';

function use(
  kind: MonitoredUse['kind'],
  detail: string | undefined,
  more: Partial<MonitoredUse> = {},
): MonitoredUse {
  return { kind, detail, place: undefined, count: 1, stack: [], ...more };
}

function textOf(uses: readonly MonitoredUse[], more: Partial<MonitorReport> = {}): string {
  const report: MonitorReport = {
    ...{ command: 'node app.js', code: 0, processes: 1, workers: 0, permission: undefined, gaps: [] },
    packages: [{ type: 'package', name: 'a', version: '1.0.0', folder: 'node_modules/a', uses }],
    ...more,
  };
  return monitorText(report, 80);
}

describe('monitorText', () => {
  test('has a row for each kind, with the first call and the package that made it', () => {
    const frame = (file: string, line: number) => ({ function: '', file, line });
    const stack = [
      frame('node_modules/a/lib/x.js', 3),
      frame('node_modules/a/index.js', 1),
      frame('node_modules/@b/c/node_modules/d/y.js', 7),
      frame('app.js', 9),
    ];
    assert.equal(
      textOf([
        use('processes', 'git', { stack, count: 1200 }),
        use('processes', 'npm'),
        use('environment', '*'),
      ]),
      [
        'Observed 1 process of node app.js',
        '',
        'Package  Uses         What      Times  First call',
        'a 1.0.0  processes    git, npm  1,201  lib/x.js:3 by d',
        '         environment  all       1',
        '',
      ].join('\n'),
    );
  });

  test('names the folders of many files, and keeps files inside and outside apart', () => {
    const files = Array.from({ length: 9 }, (_, at) =>
      use('files', `out/${at % 2}/${at}`, { place: 'outside' }),
    );
    const text = textOf([...files, use('files', 'own', { place: 'inside' })]);
    assert.match(text, /files outside +out\/0\/, out\/1\/ +9$/m);
    assert.match(text, /files inside +own +1$/m);
  });

  test('lets no text of a package act on the terminal or show a secret', () => {
    const text = textOf(
      [use('network', `a\u001b[2J:80 https://me:hunter2@x`), use('processes', 'x'.repeat(500))],
      {
        command: 'node \u202e',
      },
    );
    for (const hidden of ['\u001b', '\u202e', 'hunter2', 'x'.repeat(150)]) assert.ok(!text.includes(hidden));
  });

  test('says what was not observed, and when nothing was seen', () => {
    const text = textOf([], {
      packages: [],
      permission: ['--permission', "--allow-fs-read=/a b/'$(x)*"],
      gaps: ['Some.'],
    });
    assert.equal(
      text,
      [
        'Observed 1 process of node app.js',
        '',
        'No processes, network, file writes, dynamic code or environment reads.',
        '',
        'Permission flags for what was seen:',
        '  --permission',
        String.raw`  '--allow-fs-read=/a b/'\''$(x)*'`,
        '',
        'Not observed: Some.',
        '',
      ].join('\n'),
    );
  });
});
