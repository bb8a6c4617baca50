import { printableJson } from '../../../read/text/words/visible-text.ts';
import { type UnusedReport, unusedCoverage } from './unused-report.ts';

/**
 * Returns the report as JSON text with a trailing newline, as `unused-report.schema.json` describes it. Later versions
 * may add members, but do not rename or remove any.
 */
export function unusedJson(report: UnusedReport): string {
  const json = {
    version: 1,
    findings: report.findings.map(({ seen, ...finding }) => ({
      ...finding,
      ...(seen === undefined ? {} : { seen }),
    })),
    manifests: report.manifests.map(({ gap, arePeersKnown, ...manifest }) => ({
      ...manifest,
      ...(arePeersKnown ? {} : { arePeersKnown }),
      ...(gap === undefined ? {} : { gap }),
    })),
    coverage: unusedCoverage(report),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}
