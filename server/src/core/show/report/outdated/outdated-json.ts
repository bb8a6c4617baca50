import { printableJson } from '../../../read/text/words/visible-text.ts';
import { type OutdatedReport, outdatedCoverage } from './outdated-report.ts';
import { type WrittenUpdates, writtenJson } from './written-updates.ts';

/**
 * Returns the report as JSON text with a trailing newline. The form is stable: members may be added in later versions,
 * none is renamed or removed.
 */
export function outdatedJson(report: OutdatedReport, written?: WrittenUpdates): string {
  const { packages, outdated, ignored, waiting, notChecked } = report;
  const json = {
    version: 1,
    packages,
    outdated: outdated.map(({ name, target, current, ...rest }) => ({
      ...{ name, package: target, current: current ?? null },
      ...rest,
    })),
    ignored,
    waiting: waiting.map(({ target, version, until, coolDown }) => ({
      ...{ package: target, version, until: timeText(until), coolDown },
    })),
    notChecked: notChecked.map(({ target, reason, detail, asOf }) => ({
      ...{ package: target, reason, detail, asOf: timeText(asOf) },
    })),
    coverage: outdatedCoverage(report),
    ...(written === undefined ? {} : { write: writtenJson(written) }),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}

function timeText(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
