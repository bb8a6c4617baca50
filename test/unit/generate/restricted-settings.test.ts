import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RULES_SETTING, sectionsOf, UNRESTRICTED } from '../../../server/tools/generate/package-settings.ts';

const MANIFEST = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: readonly string[] } };
  contributes: { configuration: object };
};

test('every setting counts from the user alone in a folder that is not trusted, but for the harmless ones', () => {
  const { restrictedConfigurations } = MANIFEST.capabilities.untrustedWorkspaces;
  const contributed = sectionsOf(MANIFEST.contributes.configuration).flatMap(({ properties }) =>
    Object.keys(properties ?? {}),
  );
  const restricted = new Set(restrictedConfigurations);
  assert.deepEqual(
    contributed.filter((key) => !restricted.has(key)),
    [...UNRESTRICTED.keys()],
  );
  assert.deepEqual(
    restrictedConfigurations.filter((key) => !contributed.includes(key)),
    [],
  );
  assert.ok(restricted.has(RULES_SETTING));
  for (const reason of UNRESTRICTED.values()) assert.ok(reason.length > 10);
});
