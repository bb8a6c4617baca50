import { printableJson } from '../../../read/text/words/visible-text.ts';
import type { MonitorReport } from './monitor-report.ts';

/**
 * Returns the report as JSON text with a trailing newline, as `monitor-report.schema.json` describes it. Later versions may
 * add members, but do not rename or remove any.
 */
export function monitorJson(report: MonitorReport): string {
  const { command, code, processes, workers, packages, permission, gaps } = report;
  const json = {
    version: 1,
    ...{ command, exitCode: code, processes, workers },
    packages: packages.map(({ type, name, version, folder, uses }) => ({
      ...{ type, name: name ?? null, version: version ?? null, folder: folder ?? null },
      uses: uses.map(({ kind, detail, place, count, stack }) => ({
        ...{ kind, detail: detail ?? null, ...(place === undefined ? {} : { place }), count, stack },
      })),
    })),
    permission: permission ?? null,
    notObserved: gaps,
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}
