import { openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';
import { osv } from './osv.ts';

export const RULE = 'vulnerable-dependency';

export const LODASH = osv('GHSA-35jh-r3h4-6jhm', 'lodash', '0 4.17.21', {
  severity: 'HIGH',
  cwe: 'CWE-94',
  title: 'code injection',
});
export const MINIMIST = [
  osv('GHSA-xvch-5gv4-984h', 'minimist', '0 0.2.4 1.0.0 1.2.6', {
    ...{ severity: 'CRITICAL', cwe: 'CWE-1321', title: 'prototype pollution', aliases: ['CVE-2021-44906'] },
  }),
  osv('GHSA-vh95-rmgr-6w4m', 'minimist', '0 0.2.1 1.0.0 1.2.3', {
    severity: 'MODERATE',
    cwe: 'CWE-1321',
    title: 'prototype pollution',
  }),
];

export async function said(source: string, advisories: readonly object[], options: WorkspaceOptions = {}) {
  const workspace = await openWorkspace(source, { advisories, ...options });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

export const MKDIRP = `-- package.json --
{ "name": "shop", "dependencies": { "mkdirp": "^0.5.1" } }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "mkdirp": "^0.5.1" } },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/minimist": { "version": "0.0.8" }
  }
}
`;
