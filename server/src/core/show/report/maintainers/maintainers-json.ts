import { printableJson } from '../../../read/text/words/visible-text.ts';
import { type MaintainersReport, maintainersCoverage } from './maintainers-report.ts';

/**
 * Returns the report as JSON text with a trailing newline, as `maintainers-report.schema.json` describes it. Later
 * versions may add members, but do not rename or remove any.
 */
export function maintainersJson(report: MaintainersReport): string {
  const { packages, accounts, unknown, recentSince } = report;
  const json = {
    version: 1,
    packages,
    recentSince: new Date(recentSince).toISOString(),
    accounts: accounts.map(({ isProduction, changes, ...account }) => ({
      ...account,
      production: isProduction,
      changes: changes.map(({ at, account: _, ...change }) => ({
        ...change,
        at: at === null ? null : new Date(at).toISOString(),
      })),
    })),
    unknown,
    coverage: maintainersCoverage(report),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}
