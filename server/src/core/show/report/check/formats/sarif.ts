import type { Severity } from '../../../../read/text/finding.ts';
import { printableJson } from '../../../../read/text/words/visible-text.ts';
import type { DescribedRule } from '../../explain/explain.ts';
import type { AcceptedJsonFinding, JsonEdit, JsonFinding, JsonFix, JsonRange, JsonReport } from '../json.ts';
import { fingerprintsOf, type Hash } from './fingerprint.ts';

export interface SarifOptions {
  /** Those of the findings. */
  readonly rules: readonly DescribedRule[];
  readonly version: string;
  /** Findings that the configuration accepts. */
  readonly accepted: readonly AcceptedJsonFinding[];
  readonly hash: Hash;
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** The base of all paths: the checked directory. Its place on this machine is left out. */
const ROOT = '%SRCROOT%';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/**
 * Returns a report as SARIF 2.1.0 (OASIS standard, 27 March 2020). Findings that the configuration accepts are results
 * with a suppression; what was not checked are notifications.
 */
export function sarifReport(report: JsonReport, options: SarifOptions): string {
  const { rules, version, accepted } = options;
  const all = [...report.findings, ...accepted.map(({ finding }) => finding)];
  const fingerprints = fingerprintsOf(all, options.hash);
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const results = all.map((finding, at) => ({
    ...resultOf(finding, indexOf.get(finding.rule)),
    partialFingerprints: { 'dephygiene/v1': fingerprints[at]! },
    suppressions: suppressionsOf(accepted[at - report.findings.length]),
  }));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dephygiene', semanticVersion: version, rules: rules.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The checked directory.' } } },
        invocations: [
          {
            executionSuccessful: report.exitReason !== 'unread' && report.exitReason !== 'not-checked',
            toolExecutionNotifications: report.coverage.gaps.map(({ subject, detail, advice, path }) => ({
              level: 'warning',
              message: { text: `Not checked: ${subject}: ${detail}. To do: ${advice}.` },
              ...(path === undefined ? {} : { locations: [locationOf(path)] }),
            })),
          },
        ],
        results,
      },
    ],
  };
  return `${printableJson(JSON.stringify(log, undefined, 2))}\n`;
}

/** An empty list says that a result is not suppressed, where others are. */
function suppressionsOf(accepted: AcceptedJsonFinding | undefined): readonly object[] {
  if (accepted === undefined) return [];
  return accepted.reasons.map((justification) => ({ kind: 'external', status: 'accepted', justification }));
}

function descriptorOf({ id, summary, why, severity, category }: DescribedRule): object {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: why, markdown: why },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['security', 'dependencies', category] },
  };
}

function resultOf(finding: JsonFinding, ruleIndex: number | undefined): object {
  const { rule, severity, message, path, range, related, fixes, package: name, version } = finding;
  const applicable = fixes.filter(isApplicable);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message },
    locations: [locationOf(path, range)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            ...locationOf(each.path, each.range),
            message: { text: each.message },
          })),
        }),
    ...(applicable.length === 0 ? {} : { fixes: applicable.map(fixOf) }),
    ...(name === undefined ? {} : { properties: { package: name, ...(version && { version }) } }),
  };
}

/** SARIF has no form for deleted files, and none for commands. */
function isApplicable({ edits, deletes = [], applicability }: JsonFix): boolean {
  return applicability !== 'display-only' && edits.length > 0 && deletes.length === 0;
}

function fixOf({ title, edits }: JsonFix): object {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifactOf(path),
      replacements: edits.filter((edit) => edit.path === path).map(replacementOf),
    })),
  };
}

function replacementOf({ range, newText }: JsonEdit): object {
  return { deletedRegion: regionOf(range), insertedContent: { text: newText } };
}

function locationOf(path: string, range?: JsonRange): object {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(path),
      ...(range === undefined ? {} : { region: regionOf(range) }),
    },
  };
}

function artifactOf(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

/** Lines and columns of SARIF count from 1; the end column is the one behind. */
function regionOf({ start, end }: JsonRange): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
