import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  extendForeignIgnore,
  type ForeignFile,
  removeForeignIgnore,
} from '../../../../../server/src/core/judge/policy/import/edit-foreign-ignore.ts';
import { readPnpmWorkspace } from '../../../../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import { readManifest } from '../../../../../server/src/core/read/manifest/read-manifest.ts';
import type { ForeignIgnore } from '../../../../../server/src/core/read/policy-file/import/foreign-ignore.ts';
import {
  pnpmIgnoresIn,
  pnpmIgnoresOf,
} from '../../../../../server/src/core/read/policy-file/import/pnpm-ignores.ts';
import { readAuditFile } from '../../../../../server/src/core/read/policy-file/import/read-audit-file.ts';
import { readOsvScanner } from '../../../../../server/src/core/read/policy-file/import/read-osv-scanner.ts';
import { applyEdits } from '../../../../../server/src/core/read/text/edit.ts';

const [FIRST, SECOND, THIRD] = ['GHSA-aaaa-aaaa-aaaa', 'GHSA-bbbb-bbbb-bbbb', 'GHSA-cccc-cccc-cccc'];

interface Read {
  readonly file: ForeignFile;
  readonly ignores: readonly ForeignIgnore[];
}

const inJson =
  (name: string) =>
  (text: string): Read => {
    return { file: { text }, ignores: readAuditFile(`file:///p/${name}`, text).ignores };
  };
const inToml = (text: string): Read => {
  return { file: { text }, ignores: readOsvScanner('file:///p/osv-scanner.toml', text).ignores };
};
const inYaml = (text: string): Read => {
  const file = readPnpmWorkspace('file:///p/pnpm-workspace.yaml', text);
  return { file, ignores: pnpmIgnoresIn(file) };
};
const inManifest = (text: string): Read => {
  return { file: { text }, ignores: pnpmIgnoresOf(readManifest('file:///p/package.json', text)) };
};

/** Returns the text without the entry that names `id`. */
function without(text: string, id: string, read: (text: string) => Read): string | undefined {
  const { file, ignores } = read(text);
  const ignore = ignores.find((each) => each.text.includes(id));
  assert.ok(ignore, id);
  const edits = removeForeignIgnore(file, ignore);
  if (edits === undefined) return undefined;
  const after = applyEdits(text, edits);
  const left = ignores.filter((each) => each !== ignore).map((each) => each.text);
  assert.deepEqual(
    read(after).ignores.map((each) => each.text),
    left,
    'the others are still there',
  );
  return after;
}

describe('removeForeignIgnore', () => {
  test('takes a line of a list in YAML, with the comment about it', () => {
    const text = `audit:\n  level: high\n  ignore:\n    # one\n    - ${FIRST}\n    # two\n    # of them\n    - ${SECOND} # x\n    - ${THIRD}\nx: 1\n`;
    assert.equal(
      without(text, SECOND!, inYaml),
      `audit:\n  level: high\n  ignore:\n    # one\n    - ${FIRST}\n    - ${THIRD}\nx: 1\n`,
    );
    assert.equal(
      without(text, FIRST!, inYaml),
      `audit:\n  level: high\n  ignore:\n    # two\n    # of them\n    - ${SECOND} # x\n    - ${THIRD}\nx: 1\n`,
    );
    const crlf = text.replaceAll('\n', '\r\n');
    assert.equal(without(crlf, THIRD!, inYaml), crlf.replace(`    - ${THIRD}\r\n`, ''));
  });

  test('takes the keys that would be left with nothing', () => {
    const only = `a: 1\n# tolerated\nauditConfig:\n  ignoreGhsas:\n    # why\n    - ${FIRST}\n\nb: 2\n`;
    assert.equal(without(only, FIRST!, inYaml), 'a: 1\n\nb: 2\n');
    const beside = `audit:\n  ignore: [${FIRST}]\n  level: high\n`;
    assert.equal(without(beside, FIRST!, inYaml), 'audit:\n  level: high\n');
    assert.equal(without(`audit: { ignore: [${FIRST}] }\n`, FIRST!, inYaml), '');
    assert.equal(without(`a: 1\naudit:\n  ignore:\n    - ${FIRST}`, FIRST!, inYaml), 'a: 1\n');
  });

  test('takes nothing that shares its line', () => {
    assert.equal(without(`audit:\n  ignore: [${FIRST}, ${SECOND}]\n`, FIRST!, inYaml), undefined);
    assert.equal(without(`audit: { level: high, ignore: [${FIRST}] }\n`, FIRST!, inYaml), undefined);
  });

  test('takes properties and items of JSON', () => {
    const resolve = `{\n  "version": 1,\n  "decisions": {\n    "${FIRST}|a": { "decision": "ignore" },\n    "${SECOND}|b": { "decision": "ignore" }\n  }\n}\n`;
    assert.equal(
      without(resolve, SECOND!, inJson('audit-resolve.json')),
      `{\n  "version": 1,\n  "decisions": {\n    "${FIRST}|a": { "decision": "ignore" }\n  }\n}\n`,
    );
    assert.equal(without(`{ "${FIRST}": "x" }`, FIRST!, inJson('.nsprc')), '{}');
    const old = `{ "exceptions": ["https://example.test/${FIRST}", "https://example.test/${SECOND}"] }`;
    assert.equal(
      without(old, FIRST!, inJson('.nsprc')),
      `{ "exceptions": ["https://example.test/${SECOND}"] }`,
    );
    const allowlist = `{\n  "allowlist": [\n    // about the first\n    "${FIRST}",\n    // about the second\n    { "${SECOND}": { "active": true } }, // and more\n    "${THIRD}"\n  ]\n}\n`;
    assert.equal(
      without(allowlist, FIRST!, inJson('audit-ci.jsonc')),
      allowlist.replace(`    // about the first\n    "${FIRST}",\n`, ''),
    );
    const manifest = `{\n  "pnpm": {\n    "auditConfig": {\n      "ignoreCves": ["CVE-2022-36313", "CVE-2022-1"],\n      "ignoreGhsas": ["${FIRST}"]\n    }\n  }\n}\n`;
    assert.match(without(manifest, 'CVE-2022-36313', inManifest)!, /"ignoreCves": \["CVE-2022-1"\]/);
    assert.match(without(manifest, FIRST!, inManifest)!, /"ignoreGhsas": \[\]/);
  });

  test('takes a table of TOML', () => {
    const table = (id: string, above = '') => `${above}[[IgnoredVulns]]\nid = "${id}"\nreason = "x"\n\n`;
    const text = `# ours\n\n${table(FIRST!)}${table(SECOND!, '# the second\n')}${table(THIRD!, '# the third\n')}[[PackageOverrides]]\nname = "zebra"\nignore = true\n`;
    assert.equal(without(text, FIRST!, inToml), text.replace(table(FIRST!), ''));
    assert.equal(without(text, SECOND!, inToml), text.replace(table(SECOND!, '# the second\n'), ''));
    assert.equal(without(text, 'zebra', inToml)?.includes('PackageOverrides'), false);
  });
});

test('extendForeignIgnore writes the day as the end stands there', () => {
  const extended = (text: string, read: (text: string) => Read) => {
    const { file, ignores } = read(text);
    const edits = extendForeignIgnore(file, ignores[0]!, '2027-02-22');
    if (edits === undefined) return undefined;
    const after = applyEdits(text, edits);
    assert.equal(read(after).ignores[0]?.expires, '2027-02-22');
    return after;
  };
  assert.equal(
    extended(`{ "${FIRST}": { "expiry": "1 March 2026" } }`, inJson('.nsprc')),
    `{ "${FIRST}": { "expiry": "2027-02-22" } }`,
  );
  assert.match(
    extended(
      `{ "version": 1, "decisions": { "1|a": { "decision": "ignore", "expiresAt": 1772323200000 } } }`,
      inJson('audit-resolve.json'),
    )!,
    /"expiresAt": 1803340799000/,
  );
  assert.equal(
    extended(`[[IgnoredVulns]]\nid = "${FIRST}"\nignoreUntil = 2026-01-01 # x\n`, inToml),
    `[[IgnoredVulns]]\nid = "${FIRST}"\nignoreUntil = 2027-02-22 # x\n`,
  );
  assert.equal(extended(`{ "${FIRST}": "x" }`, inJson('.nsprc')), undefined);
});
