import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanPackage } from '../../../../server/src/core/know/capabilities/scan-package.ts';
import { SINKS, SOURCES, type Source, STYLES } from './flows.ts';

const MANIFEST = JSON.stringify({ name: 'demo', version: '1.0.0', main: 'index.js' });

/** Data that nobody wants to have. */
const HARMLESS: Readonly<Record<string, Source>> = {
  text: { before: '', data: "{ version: '1.0.0', at: 1 }", sign: '' },
  mode: { before: '', data: 'process.env.NODE_ENV', sign: '' },
  manifest: {
    before: "const fs = require('fs');",
    data: "fs.readFileSync('./package.json', 'utf8')",
    sign: '',
  },
  settings: {
    before: "const { PORT, CACHE_DIR } = process.env; const os = require('os');",
    data: '{ PORT, CACHE_DIR, platform: process.platform, cores: os.cpus().length }',
    sign: '',
  },
};
const SENT = /^(?:sends-|runs-|starts-|hidden-)/;

function signsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const all = new Map([['package.json', MANIFEST], ...Object.entries(files)]);
  const { signs, gaps } = scanPackage({ files: all, binaries: [], gaps: [] });
  assert.deepEqual(gaps, [], JSON.stringify(files));
  return signs.map(({ sign }) => sign);
}

/** Returns the ways for which a check of their signs fails. */
function failing(
  sources: Readonly<Record<string, Source>>,
  sinks: readonly string[],
  styles: readonly string[],
  isRight: (signs: readonly string[], source: Source) => boolean,
): readonly string[] {
  const found: string[] = [];
  for (const [name, source] of Object.entries(sources))
    for (const sink of sinks)
      for (const style of styles)
        if (!isRight(signsOf(STYLES[style]!(source, SINKS[sink]!)), source))
          found.push(`${name}, ${sink}, ${style}`);
  return found;
}

const isFound = (signs: readonly string[], { sign }: Source) => signs.includes(sign);
const FEW = ['env', 'npmrc', 'machine'];

test('all data are found in all ways to send them', () => {
  assert.deepEqual(failing(SOURCES, Object.keys(SINKS), ['direct', 'files'], isFound), []);
});

test('data are found whichever way they take to what sends them', () => {
  const few = Object.fromEntries(FEW.map((name) => [name, SOURCES[name]!]));
  assert.deepEqual(failing(few, ['httpsRequest', 'fetch', 'dns'], Object.keys(STYLES), isFound), []);
});

test('what nobody wants to have may be sent in every way', () => {
  const isQuiet = (signs: readonly string[]) => !signs.some((sign) => SENT.test(sign));
  assert.deepEqual(failing(HARMLESS, Object.keys(SINKS), ['variable', 'classField'], isQuiet), []);
  assert.deepEqual(failing(HARMLESS, ['fetch'], Object.keys(STYLES), isQuiet), []);
});
