import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ignoredAdvisories } from '../../../../server/src/core/judge/policy/ignored-advisories.ts';
import { openWorkspace } from '../../../workspace.ts';

const GHSA = 'GHSA-xvch-5gv4-984h';
const CVE = 'CVE-2021-44906';
const ADVISORY = { id: GHSA, aliases: [CVE, '1097678'] };

/** Returns whether the project ignores the advisory: `pnpm` of its package.json, and its manager's own file. */
async function isIgnored(manager: string, pnpm: object, file: string, advisory = ADVISORY): Promise<boolean> {
  const manifest = JSON.stringify({ packageManager: manager, pnpm });
  const name = manager.startsWith('yarn') ? '.yarnrc.yml' : 'pnpm-workspace.yaml';
  const config = file === '' ? '' : `-- ${name} --\n${file}\n`;
  const { snapshot } = await openWorkspace(`-- package.json --\n${manifest}\n${config}`);
  return ignoredAdvisories(snapshot.projects[0]!.project)(advisory);
}

const ghsas = (...ids: string[]) => ({ auditConfig: { ignoreGhsas: ids } });
const cves = (...ids: string[]) => ({ auditConfig: { ignoreCves: ids } });

describe('which advisories the package manager leaves out of its audit', () => {
  const cases: readonly (readonly [manager: string, pnpm: object, file: string, expected: boolean])[] = [
    ['pnpm@10.30.0', {}, '', false],
    ['pnpm@10.30.0', ghsas(GHSA), '', true],
    ['pnpm@10.30.0', ghsas('GHSA-vh95-rmgr-6w4m'), '', false],
    ['pnpm@10.30.0', ghsas(CVE), '', false],
    ['pnpm@10.30.0', cves(CVE), '', true],
    ['pnpm@10.30.0', cves(GHSA), '', false],
    ['pnpm@10.30.0', {}, `auditConfig: { ignoreGhsas: [${GHSA}] }`, true],
    ['pnpm@10.30.0', {}, `auditConfig: { ignoreCves: [${CVE}] }`, true],
    ['pnpm@10.30.0', ghsas(GHSA), 'auditConfig: { ignoreCves: [CVE-2022-36313] }', false],
    ['pnpm@10.30.0', {}, 'auditConfig: { ignoreGhsas: 5, ignoreCves: [5, null] }', false],
    ['pnpm@10.30.0', {}, 'auditConfig:', false],
    ['pnpm@11.9.0', ghsas(GHSA), '', false],
    ['pnpm@11.9.0', {}, `auditConfig: { ignoreCves: [${CVE}] }`, false],
    ['pnpm@11.9.0', {}, `auditConfig: { ignoreGhsas: [${GHSA}] }`, true],
    ['pnpm@12.21.0', {}, `audit: { ignore: [${GHSA}] }`, true],
    ['pnpm@12.21.0', {}, `audit: { ignore: [${CVE}] }`, false],
    ['pnpm@12.21.0', {}, `audit: { ignore: ["*"] }`, false],
    ['pnpm@12.21.0', {}, `audit: { ignore: [] }\nauditConfig: { ignoreGhsas: [${GHSA}] }`, false],
    ['pnpm', ghsas(GHSA), '', true],
    ['npm@11.21.0', ghsas(GHSA), `audit: { ignore: [${GHSA}] }`, false],
    ['bun@1.4.2', ghsas(GHSA), `audit: { ignore: [${GHSA}] }`, false],
    ['yarn@4.18.1', ghsas(GHSA), 'npmAuditIgnoreAdvisories: []', false],
    ['yarn@4.18.1', {}, 'npmAuditIgnoreAdvisories: ["1097678"]', true],
    ['yarn@4.18.1', {}, 'npmAuditIgnoreAdvisories: [1097678]', true],
    ['yarn@4.18.1', {}, 'npmAuditIgnoreAdvisories: ["10976*"]', true],
    ['yarn@4.18.1', {}, 'npmAuditIgnoreAdvisories: [1097679]', false],
    ['yarn@4.18.1', {}, `npmAuditIgnoreAdvisories: [${GHSA}]`, false],
    ['yarn@1.22.22', {}, 'npmAuditIgnoreAdvisories: [1097678]', false],
  ];
  for (const [manager, pnpm, file, expected] of cases) {
    test(`${manager} ${JSON.stringify(pnpm)} ${JSON.stringify(file)}`, async () => {
      assert.equal(await isIgnored(manager, pnpm, file), expected);
    });
  }

  test('of several CVE numbers pnpm wants each, of several GHSA ids one', async () => {
    const both = { id: GHSA, aliases: [CVE, 'CVE-2020-7598', 'GHSA-vh95-rmgr-6w4m'] };
    assert.equal(await isIgnored('pnpm@10.30.0', cves(CVE), '', both), false);
    assert.equal(await isIgnored('pnpm@10.30.0', cves(CVE, 'CVE-2020-7598'), '', both), true);
    assert.equal(await isIgnored('pnpm@10.30.0', ghsas('GHSA-vh95-rmgr-6w4m'), '', both), true);
  });

  test('of several numbers Yarn wants each, and none where the registry was not asked', async () => {
    const ranges = { id: GHSA, aliases: ['1097677', '1097678'] };
    const list = (numbers: string) => `npmAuditIgnoreAdvisories: [${numbers}]`;
    assert.equal(await isIgnored('yarn@4.18.1', {}, list('1097678'), ranges), false);
    assert.equal(await isIgnored('yarn@4.18.1', {}, list('1097677, 1097678'), ranges), true);
    assert.equal(await isIgnored('yarn@4.18.1', {}, list('"*"'), { id: GHSA, aliases: [CVE] }), false);
  });
});
