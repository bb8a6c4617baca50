import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson, makeProject, runCli } from './run-cli.ts';

/** A host that no name server knows: `test` is reserved for that. */
const UNREACHABLE = 'registry=https://registry.nowhere.example.test/\n';
const MANIFEST = { name: 'shop', packageManager: 'npm@11.19.1', dependencies: { minimist: '^1.2.6' } };

const reasonsOf = (directory: string, ...args: string[]) => [
  ...new Set(checkJson(directory, ...args).notChecked.map(({ reason }) => reason)),
];
const textOf = (directory: string, ...args: string[]) =>
  runCli(['check', directory, ...args]).out.replace(/\s+/g, ' ');

test('a registry that cannot be reached is not said to be switched off or offline', () => {
  const project = makeProject({ 'package.json': MANIFEST, '.npmrc': UNREACHABLE });
  assert.deepEqual(reasonsOf(project, '--trust'), ['unreachable']);
  assert.match(textOf(project, '--trust'), /Not checked: [^:]+ \(the registry cannot be reached\)/);
  for (const command of [
    ['outdated', project, '--trust'],
    ['watch', '--once', project, '--trust'],
    ['verify', 'minimist', project, '--trust'],
    ['check', project, '--trust', '--fail-on-unchecked'],
  ]) {
    const { out, error } = runCli(command);
    const text = (out + error).replace(/\s+/g, ' ');
    assert.match(text, /the registry cannot be reached/, command.join(' '));
    assert.doesNotMatch(text, /offline|switched off/, command.join(' '));
  }
});

test('--offline is said to be that', () => {
  const project = makeProject({ 'package.json': MANIFEST, '.npmrc': UNREACHABLE });
  assert.deepEqual(reasonsOf(project, '--trust', '--offline'), ['offline']);
  assert.match(
    textOf(project, '--trust', '--offline'),
    /registry requests are switched off\). Use --trust instead of --offline/,
  );
});

test('"offline" of npm is said to be what keeps registries from being asked', () => {
  const project = makeProject({ 'package.json': MANIFEST, '.npmrc': `${UNREACHABLE}offline=true\n` });
  assert.deepEqual(reasonsOf(project, '--trust'), ['offline']);
  assert.match(textOf(project, '--trust'), /"offline" is set for npm\). Remove "offline" from \.npmrc/);
});
