import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject } from './run-cli.ts';
import { history, incident, lockfile } from './run-incident.ts';

const LOCK = 'package-lock.json';

/** Runs the command that brings back the state before. */
function restoreFrom(directory: string): void {
  const { nextSteps: steps } = incident(['evil@6.6.6', directory, '--history']);
  const command = steps.map((step) => /: git (.*)$/.exec(step)?.[1]).find((found) => found !== undefined);
  assert.ok(command, steps.join('\n'));
  execFileSync('git', command.split(' '), { cwd: '/', stdio: 'pipe' });
}

describe('the next steps of an incident', () => {
  test('have a command that brings back the lockfile from before, and it does', () => {
    const own = history();
    const manifest = '{ "name": "app", "dependencies": { "evil": "^6.6.5" } }\n';
    own.write(LOCK, lockfile({ evil: '6.6.5' }));
    own.write('package.json', manifest);
    own.commit();
    own.write(LOCK, lockfile({ evil: '6.6.6' }));
    own.commit();
    const { nextSteps: steps } = incident(['evil@6.6.6', own.directory, '--history']);
    const command = steps.map((step) => /: git (.*)$/.exec(step)?.[1]).find((found) => found !== undefined);
    assert.ok(command, steps.join('\n'));
    execFileSync('git', command.split(' '), { cwd: '/' });
    assert.equal(readFileSync(join(own.directory, LOCK), 'utf8'), lockfile({ evil: '6.6.5' }));
    assert.equal(readFileSync(join(own.directory, 'package.json'), 'utf8'), manifest);
  });

  test('have one command for a lockfile, to the state before all of the versions', () => {
    const own = history();
    own.write('package.json', '{}\n');
    const states = [
      { evil: '6.6.5', odd: '1.0.0', late: '1.0.0' },
      { evil: '6.6.5', odd: '6.6.6', late: '1.0.0' },
      { evil: '6.6.6', odd: '6.6.6', late: '1.0.0' },
      { evil: '6.6.6', odd: '1.0.1', late: '6.6.6' },
    ];
    for (const locked of states) {
      own.write(LOCK, lockfile(locked));
      own.commit();
    }
    const list = join(makeProject({ 'list.txt': 'evil@6.6.6\nodd@6.6.6\nlate@6.6.6\n' }), 'list.txt');
    const { nextSteps: steps } = incident([list, own.directory, '--history']);
    const commands = steps.flatMap((step) => /: git (.*)$/.exec(step)?.[1] ?? []);
    assert.equal(commands.length, 1, commands.join('\n'));
    execFileSync('git', commands[0]!.split(' '), { cwd: '/' });
    assert.equal(readFileSync(join(own.directory, LOCK), 'utf8'), lockfile(states[0]!));
  });

  test('name the manifests of members that the commit changed, and no file that was not there', () => {
    const own = history();
    const member = (range: string) => `{ "name": "a", "dependencies": { "evil": "${range}" } }\n`;
    own.write('package.json', '{ "workspaces": ["a", "b"] }\n');
    own.write('a/package.json', member('^6.6.5'));
    own.write(LOCK, lockfile({ evil: '6.6.5' }));
    own.commit();
    own.write('a/package.json', member('^6.6.6'));
    own.write('b/package.json', '{ "name": "b" }\n');
    own.write(LOCK, lockfile({ evil: '6.6.6' }));
    own.commit();
    restoreFrom(own.directory);
    assert.equal(own.git('status', '--short'), 'M a/package.json\n M package-lock.json');
    assert.equal(readFileSync(join(own.directory, 'a/package.json'), 'utf8'), member('^6.6.5'));
  });

  test('work without a package.json, and keep one that is newer', () => {
    const own = history();
    own.write(LOCK, lockfile({ evil: '6.6.5' }));
    own.commit();
    own.write('package.json', '{}\n');
    own.write(LOCK, lockfile({ evil: '6.6.6' }));
    own.commit();
    restoreFrom(own.directory);
    assert.equal(own.git('status', '--short'), 'M package-lock.json');
  });

  test('have no such command for a lockfile that was not there before, which it would delete', () => {
    const own = history();
    own.write('package.json', '{}\n');
    own.commit();
    own.write(LOCK, lockfile({ evil: '6.6.6' }));
    own.commit();
    const { nextSteps: steps } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.ok(steps.length > 0 && !steps.some((step) => step.includes('git -C')), steps.join('\n'));
  });

  test('have no such command for the first commit, which has no state before it', () => {
    const own = history();
    own.write(LOCK, lockfile({ evil: '6.6.6' }));
    own.write('package.json', '{}\n');
    own.commit();
    const { nextSteps: steps } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.ok(steps.length > 0 && !steps.some((step) => step.includes('git -C')), steps.join('\n'));
  });

  test('have no such command where the version left again, or without the history', () => {
    const own = history();
    own.write(LOCK, lockfile({ evil: '6.6.6' }));
    own.write('package.json', '{}\n');
    own.commit();
    const without = incident(['evil@6.6.6', own.directory]).nextSteps;
    own.write(LOCK, lockfile({ evil: '6.6.7' }));
    own.commit();
    const { nextSteps: steps } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.ok(without.length > 0 && steps.length > 0);
    assert.ok(![...without, ...steps].some((step) => step.includes('git -C')));
  });

  test("name what known malware takes, and the contacts of the organisation's policy", () => {
    const own = history();
    own.write(LOCK, lockfile({ 'eslint-scope': '3.7.2' }));
    own.write('package.json', '{}\n');
    own.commit();
    const policy = join(
      makeProject({
        'policy.json': {
          incident: {
            contacts: ['security@acme.example.test'],
            rollback: 'Deploy the release before.\u001b[31m',
          },
        },
      }),
      'policy.json',
    );
    const { nextSteps: steps } = incident(['eslint-scope@3.7.2', own.directory, '--policy', policy]);
    assert.ok(
      steps.some((step) => step.endsWith("known to take the registry's tokens in .npmrc: begin there.")),
    );
    const [contacts, rollback = ''] = steps.slice(-2);
    assert.equal(contacts, 'Contacts: security@acme.example.test');
    assert.ok(rollback.startsWith('Rollback: Deploy the release before.'), rollback);
    assert.ok(!steps.join('').includes('\u001b'));
  });
});
