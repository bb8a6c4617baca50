import { describe } from 'node:test';
import { FOREIGN, FOREIGN_WRAPPY, MINIMIST, ONCE, testTampering, WRAPPY } from './tampered.ts';

const ENTRY = `["minimist@1.2.8", "", {}, "${MINIMIST.sha512}"]`;

function lockOf(version: number): string {
  return `{
  "lockfileVersion": ${version},${version >= 2 ? '\n  "configVersion": 1,' : ''}
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": {
        "minimist": "^1.2.8",
        "once": "^1.4.0",
      },
    },
  },
  "packages": {
    "minimist": ${ENTRY},

    "once": ["once@1.4.0", "", { "dependencies": { "wrappy": "1" } }, "${ONCE.sha512}"],

    "wrappy": ["wrappy@1.0.2", "", {}, "${WRAPPY.sha512}"],
  }
}
`;
}

for (const version of [0, 1, 2, 3]) {
  describe(`bun.lock of version ${version}`, () =>
    testTampering({ file: 'bun.lock', text: lockOf(version) }, [
      {
        title: "another package's address and hash",
        edits: [[ENTRY, `["minimist@1.2.8", "${WRAPPY.url}", {}, "${WRAPPY.sha512}"]`]],
        finds: [
          {
            rule: 'mismatch',
            token: `"${WRAPPY.url}"`,
            message:
              'The entry "minimist" is for minimist 1.2.8 but downloads wrappy-1.0.2.tgz, another package. Restore the entry from git and find out who changed it.',
          },
        ],
      },
      {
        title: "another package's from another host",
        edits: [[ENTRY, `["minimist@1.2.8", "${FOREIGN_WRAPPY}", {}, "${WRAPPY.sha512}"]`]],
        finds: [
          { rule: 'mismatch', token: `"${FOREIGN_WRAPPY}"` },
          { rule: 'source', token: `"${FOREIGN_WRAPPY}"` },
        ],
      },
      {
        title: 'another host',
        edits: [[ENTRY, `["minimist@1.2.8", "${FOREIGN}", {}, "${MINIMIST.sha512}"]`]],
        finds: [{ rule: 'source', token: `"${FOREIGN}"` }],
      },
      {
        title: 'another registry, of which Bun writes the address alone',
        edits: [[ENTRY, `["minimist@1.2.8", "https://evil.example.test/", {}, "${MINIMIST.sha512}"]`]],
        finds: [{ rule: 'source', token: '"https://evil.example.test/"' }],
      },
      {
        title: 'another host and no hash',
        edits: [[ENTRY, `["minimist@1.2.8", "${FOREIGN}", {}, ""]`]],
        finds: [
          { rule: 'hash', token: '"minimist"', severity: 'error' },
          { rule: 'source', token: `"${FOREIGN}"` },
        ],
      },
      {
        title: 'an empty hash',
        edits: [[ENTRY, '["minimist@1.2.8", "", {}, ""]']],
        finds: [
          {
            rule: 'hash',
            token: '"minimist"',
            message:
              'minimist 1.2.8 has no integrity hash, so its download is not verified. Restore the entry from git or, if it never had one, remove it and lock it again.',
          },
        ],
      },
      {
        title: 'the name of another package',
        edits: [[ENTRY, `["wrappy@1.0.2", "", {}, "${WRAPPY.sha512}"]`]],
        finds: [
          {
            rule: 'sync',
            file: 'package.json',
            token: '"^1.2.8"',
            message:
              '"minimist" is "^1.2.8", but bun.lock has wrappy 1.0.2, which does not fit. Find out who changed it, or update the lockfile.',
          },
          {
            rule: 'mismatch',
            token: '"wrappy@1.0.2"',
            message:
              'The entry "minimist" installs wrappy 1.0.2 in place of minimist, and nothing declares that. Restore the entry from git and find out who changed it.',
          },
        ],
      },
      {
        title: 'a dependency that is declared otherwise',
        edits: [['"minimist": "^1.2.8"', '"minimist": "^1.0.0"']],
        finds: [
          {
            rule: 'sync',
            file: 'package.json',
            token: '"^1.2.8"',
            severity: 'information',
            message:
              '"minimist" is "^1.2.8" here but "^1.0.0" in bun.lock. bun install --frozen-lockfile still installs 1.2.8, which fits. Update the lockfile to record it.',
          },
        ],
      },
    ]));
}
