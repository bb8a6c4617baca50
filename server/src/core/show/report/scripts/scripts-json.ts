import { printableJson } from '../../../read/text/words/visible-text.ts';
import { type ScriptsReport, scriptsCoverage } from './scripts-report.ts';

/**
 * Returns the report as JSON text with a trailing newline. The form is stable: members may be added in later versions,
 * none is renamed or removed.
 */
export function scriptsJson(report: ScriptsReport): string {
  const json = {
    version: 1,
    effect: report.effect,
    scripts: report.rows.map(
      ({ name, version, scripts, seenIn, files, suspicious, isMalware, decision, setting, outcome }) => ({
        ...{ package: name, version, scripts: Object.fromEntries(scripts), seenIn },
        files: files.map(({ path, script, traits, suspicious: place, unread }) => ({
          ...{ path, script, does: Object.fromEntries(traits.map(({ trait, line }) => [trait, line])) },
          suspicious: place === undefined ? null : { kind: place.suspicion, line: place.line },
          ...(unread === undefined ? {} : { unread }),
        })),
        ...{ suspicious, malware: isMalware, decision, setting, onInstall: outcome },
      }),
    ),
    coverage: scriptsCoverage(report),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}
