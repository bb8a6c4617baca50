import assert from 'node:assert/strict';

/**
 * Text that must not take effect where it is shown: it colors, erases and reverses a terminal's text, hides letters,
 * ends lines, and contains commands for readers of CI logs.
 */
export const HOSTILE =
  'x\u001b[31m\u001b]8;;https://evil.example.test\u0007\r\n::error::a\n::set-output name=b::c\u202ed\u2066e\u200bf\u009b1mg\u2028\u00ad\u3164\ufeff' +
  '\n ##[error]h ##vso[task.setvariable variable=i]j ##teamcity[message text=k] \u{e0041}';

/** The same without line ends. */
export const HOSTILE_LINE = HOSTILE.replaceAll(/[\r\n\u2028]/g, ' ');

/** Deliberately separate from the product's own list. */
const pattern = (source: string, flags: string) => new RegExp(source, flags);
const OBEYED = pattern(
  String.raw`[\0-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\u{e0000}-\u{e007f}]`,
  'u',
);
const OWN_STYLES = pattern(String.raw`\x1b\[(?:1|2|22|3[1356]|39)m`, 'g');
const COMMANDS = /^\s*::|##[\w.-]*\[/m;

/** Asserts that a text contains nothing of it but line ends, and those only if permitted. */
export function assertHarmless(text: string, where: string, { lines }: { readonly lines: boolean }): void {
  const found = OBEYED.exec(text) ?? (lines ? null : /\n/.exec(text));
  assert.equal(found, null, `${where}: ${JSON.stringify(text)} at ${found?.index}`);
}

/** Asserts the same of a program's output, which must not contain commands for the reader of a CI log either. */
export function assertPrintable(text: string, where: string): void {
  const plain = text.replaceAll(OWN_STYLES, '');
  assertHarmless(plain.replaceAll('\t', ' '), where, { lines: true });
  const command = COMMANDS.exec(plain);
  assert.equal(command, null, `${where}: ${JSON.stringify(command?.[0])} in ${JSON.stringify(plain)}`);
}

/** Returns files of a project in which every text from others is hostile. */
export function hostileProject(): Readonly<Record<string, string>> {
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  const names = [`lodash${HOSTILE}`, 'lod\u202eash', 'lod\u200bash', '@\u2066acme/ui'];
  const ranges = [
    HOSTILE,
    `npm:${HOSTILE}@^1.0.0`,
    `git+https://git.example.test/${HOSTILE}`,
    `file:${HOSTILE}`,
    '*',
  ];
  const dependencies = Object.fromEntries([
    ...names.map((name, at) => [name, ranges[at % ranges.length]]),
    ['lodahs', `^4.17.0${HOSTILE}`],
    ['left-pad', '^1.3.0'],
    ['request', HOSTILE],
    ['minimist', `https://files.example.test/${HOSTILE}.tgz`],
    ['express', '>=1'],
  ]);
  const entry = (name: string) => ({
    version: `1.0.0${HOSTILE}`,
    resolved: `https://files.example.test/${HOSTILE}/-/${name}.tgz`,
    integrity: `sha512-${HOSTILE}`,
    hasInstallScript: true,
    dependencies,
    license: HOSTILE,
  });
  const entries = [...names, 'left-pad', 'lodahs', 'minimist'].map((name) => [
    `node_modules/${name}`,
    entry(name),
  ]);
  const policy = {
    exclude: [HOSTILE],
    mirrors: [HOSTILE],
    allowedHosts: [HOSTILE],
    [HOSTILE]: HOSTILE,
    ignores: [
      { rule: HOSTILE, reason: HOSTILE, expires: HOSTILE },
      {
        rule: 'vulnerable-dependency',
        id: HOSTILE,
        package: HOSTILE,
        reason: HOSTILE,
        expires: '2027-01-01',
      },
    ],
    scopes: { [HOSTILE]: HOSTILE },
    rules: { [HOSTILE]: 'off' },
  };
  const yaml = JSON.stringify(HOSTILE);
  return {
    'package.json': json({
      name: HOSTILE,
      version: HOSTILE,
      packageManager: HOSTILE,
      dependencies,
      devDependencies: { ...dependencies, [HOSTILE]: HOSTILE },
      overrides: { [HOSTILE]: HOSTILE, 'left-pad': { [HOSTILE]: HOSTILE } },
      resolutions: { [HOSTILE]: HOSTILE },
      scripts: { postinstall: HOSTILE },
      workspaces: [HOSTILE, 'packages/*'],
      publishConfig: { registry: HOSTILE },
    }),
    'package-lock.json': json({
      name: HOSTILE,
      lockfileVersion: 3,
      packages: {
        '': { name: HOSTILE, dependencies },
        ...Object.fromEntries(entries),
        [HOSTILE]: entry('z'),
      },
    }),
    'old/package.json': json({ name: HOSTILE, dependencies }),
    'old/package-lock.json': json({
      lockfileVersion: 1,
      dependencies: Object.fromEntries(
        names.map((name) => [name, { ...entry(name), requires: dependencies }]),
      ),
    }),
    'yarn/package.json': json({ name: 'yarn', dependencies }),
    'yarn/yarn.lock': `# yarn lockfile v1\n\n\n${names
      .map(
        (name) =>
          `${JSON.stringify(`${name}@${HOSTILE}`)}:\n  version ${JSON.stringify(`1.0.0${HOSTILE}`)}\n  resolved ${JSON.stringify(`https://files.example.test/${HOSTILE}#${HOSTILE}`)}\n  integrity ${yaml}\n  dependencies:\n    ${JSON.stringify(name)} ${yaml}\n`,
      )
      .join('\n')}`,
    'yarn/.yarnrc': `registry ${yaml}\n${yaml} ${yaml}\n`,
    'berry/package.json': json({ name: 'berry', dependencies, packageManager: `yarn@4.0.0${HOSTILE}` }),
    'berry/yarn.lock': `__metadata:\n  version: 8\n\n${names
      .map(
        (name) =>
          `${JSON.stringify(`${name}@npm:${HOSTILE}`)}:\n  version: ${yaml}\n  resolution: ${JSON.stringify(`${name}@npm:${HOSTILE}`)}\n  checksum: ${yaml}\n  languageName: node\n  linkType: hard\n`,
      )
      .join('\n')}`,
    'berry/.yarnrc.yml': `npmRegistryServer: ${yaml}\nnpmScopes:\n  ${yaml}:\n    npmRegistryServer: ${yaml}\n`,
    'pnpm/package.json': json({ name: 'pnpm', dependencies }),
    'pnpm/pnpm-workspace.yaml': `packages:\n  - ${yaml}\ncatalog:\n  ${yaml}: ${yaml}\noverrides:\n  ${yaml}: ${yaml}\nonlyBuiltDependencies:\n  - ${yaml}\naudit:\n  ignore:\n    - ${yaml}\n`,
    'pnpm/pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n${names
      .map((name) => `      ${JSON.stringify(name)}:\n        specifier: ${yaml}\n        version: ${yaml}\n`)
      .join('')}\npackages:\n\n${names
      .map(
        (name) =>
          `  ${JSON.stringify(`${name}@1.0.0`)}:\n    resolution: {integrity: ${yaml}, tarball: ${yaml}}\n    deprecated: ${yaml}\n`,
      )
      .join('')}\nsnapshots:\n\n  ${yaml}: {}\n`,
    'bun/package.json': json({ name: 'bun', dependencies }),
    'bun/bun.lock': json({
      lockfileVersion: 1,
      workspaces: { '': { name: HOSTILE, dependencies } },
      packages: Object.fromEntries(
        names.map((name) => [name, [`${name}@${HOSTILE}`, HOSTILE, { dependencies }, `sha512-${HOSTILE}`]]),
      ),
    }),
    'bun/bunfig.toml': `[install]\nregistry = ${JSON.stringify(HOSTILE_LINE)}\n[install.scopes]\n"@a" = "https://x\u202e.example.test"\n`,
    'packages/a/package.json': json({ name: HOSTILE, dependencies }),
    '.npmrc': `registry=https://${HOSTILE_LINE}\n@${HOSTILE_LINE}:registry=${HOSTILE_LINE}\ncafile=${HOSTILE_LINE}\nproxy=${HOSTILE_LINE}\n`,
    'dependency-hygiene.json': json(policy),
    '.nsprc': json({
      [HOSTILE]: HOSTILE,
      'GHSA-xvch-5gv4-984h': { active: true, notes: HOSTILE, expiry: HOSTILE },
    }),
    'audit-ci.json': json({
      allowlist: [HOSTILE, { [`GHSA-35jh-r3h4-6jhm|${HOSTILE}`]: { active: true, notes: HOSTILE } }],
    }),
    'audit-resolve.json': json({
      version: 1,
      decisions: { [HOSTILE]: { decision: HOSTILE, reason: HOSTILE } },
    }),
    'broken/package.json': `{"dependencies": {"a": "^1.0.0", ${HOSTILE}`,
    'broken/package-lock.json': `{"lockfileVersion": 3, "packages": {${HOSTILE}`,
  };
}

/** Returns a registry's document of any package. */
export function hostilePackument(name: string): object {
  const version = (number: string) => ({
    name,
    version: number,
    license: HOSTILE,
    description: HOSTILE,
    deprecated: HOSTILE,
    maintainers: [{ name: HOSTILE, email: HOSTILE }],
    _npmUser: { name: HOSTILE, email: HOSTILE },
    repository: { type: 'git', url: `https://git.example.test/${HOSTILE}` },
    scripts: { postinstall: HOSTILE },
    dist: { tarball: `https://files.example.test/${HOSTILE}`, integrity: HOSTILE },
  });
  return {
    name,
    description: HOSTILE,
    'dist-tags': { latest: '1.4.0', [HOSTILE]: '1.4.0', next: HOSTILE },
    versions: { '1.3.0': version('1.3.0'), '1.4.0': version('1.4.0'), [HOSTILE]: version(HOSTILE) },
    time: { '1.3.0': '2018-04-09T01:00:00.000Z', '1.4.0': '2026-11-20T01:00:00.000Z', created: HOSTILE },
    maintainers: [{ name: HOSTILE, email: HOSTILE }],
    homepage: `https://home.example.test/${HOSTILE}`,
    keywords: [HOSTILE],
  };
}
