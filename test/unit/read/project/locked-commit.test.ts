import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpecifier } from '../../../../server/src/core/read/manifest/read-specifier.ts';
import {
  isSameRepository,
  lockedCommit,
} from '../../../../server/src/core/read/project/locked/locked-commit.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const HASH = 'fedcba9876543210fedcba9876543210fedcba98';
const at = (value: string, commit?: string) => ({
  resolved: { value, span: { start: 0, end: 0 } },
  ...(commit === undefined ? {} : { commit }),
});

const WITH: readonly string[] = [
  `git+ssh://git@git.example.test/o/r.git#${COMMIT}`,
  `https://git.example.test/o/r.git#commit=${COMMIT}`,
  `https://git.example.test/o/r.git#workspace=a&commit=${COMMIT}`,
  `https://git.example.test/o/r.git#commit=${COMMIT}&workspace=a`,
  `https://codeload.example.test/o/r/tar.gz/${COMMIT}`,
  `https://codeload.example.test/o/r/tar.gz/${COMMIT}#${HASH}`,
  `https://git.example.test/o/r/archive/${COMMIT}.tar.gz`,
  `https://git.example.test/o/r/get/${COMMIT}.tar.gz#${HASH}`,
  `https://git.example.test/api/v4/projects/o%2Fr/repository/archive.tar.gz?ref=${COMMIT}`,
  `https://git.example.test/o/r/-/archive/${COMMIT}/r-${COMMIT}.tar.gz`,
];

for (const address of WITH) {
  test(`${address} has its commit`, () => {
    assert.equal(lockedCommit(at(address)), COMMIT);
    const specifier = readSpecifier('r', 'git+https://other.example.test/O/R.git');
    assert.ok(specifier.type === 'git');
    assert.equal(isSameRepository(specifier, at(address)), true);
    const other = readSpecifier('r', 'git+https://other.example.test/o/other.git');
    assert.ok(other.type === 'git');
    assert.equal(isSameRepository(other, at(address)), false);
  });
}

const WITHOUT: readonly string[] = [
  'git+ssh://git@git.example.test/o/r.git#main',
  'git+ssh://git@git.example.test/o/r.git',
  `https://codeload.example.test/o/r/tar.gz/main#${HASH}`,
  `https://git.example.test/o/r/archive.tar.gz?ref=main#${HASH}`,
  `https://git.example.test/o/r.git#commit=${COMMIT.slice(0, 7)}`,
  '',
];

for (const address of WITHOUT) {
  test(`${address} has none`, () => assert.equal(lockedCommit(at(address)), undefined));
}

test('pnpm states it', () => {
  const address = 'https://git.example.test/o/r.git';
  assert.equal(lockedCommit(at(address, COMMIT)), COMMIT);
  assert.equal(lockedCommit(at(address, 'main')), undefined);
});
