import * as z from 'zod';
import type { UnavailableReason } from '../../../core/know/registry/documents/fact.ts';
import type { NameAnswer } from '../../../core/show/report/mcp/name-answer.ts';
import type { PackageAnswer } from '../../../core/show/report/mcp/package-answer.ts';
import type { ProjectAnswer } from '../../../core/show/report/mcp/project-answer.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const texts = z.array(z.string());

const REASONS = [
  'offline',
  'unreachable',
  'private',
  'elsewhere',
  'no-access',
  'not-provided',
  'not-recorded',
  'not-comparable',
  'not-cached',
  'patched',
  'not-installed',
  'failed',
  'new-since-base',
  'untrusted',
] as const satisfies readonly UnavailableReason[];

/** The answer of `verify_package`. The JSON schemas that clients get are made from these. */
export const PACKAGE_ANSWER = z.object({
  package: z.string(),
  asked: text,
  exists: z.enum(['yes', 'no', 'removed', 'unknown']),
  versionExists: z.enum(['yes', 'no', 'unknown']),
  judgement: z.enum(['right', 'wrong', 'doubtful', 'incomplete']),
  version: text,
  firstPublished: text,
  ageInDays: number,
  versionPublished: text,
  versionAgeInDays: number,
  publisher: text,
  downloadsLastWeek: number,
  isPopular: z.boolean(),
  lookAlike: z.object({ target: z.string(), confidence: z.string() }).nullable(),
  malware: texts,
  vulnerabilities: texts,
  malwareInAnyVersion: texts,
  installScripts: texts.nullable(),
  deprecated: z.boolean().nullable(),
  checks: z.array(
    z.object({
      check: z.enum(['name', 'registry', 'advisories', 'signature', 'attestations', 'tarball', 'lockfile']),
      result: z.enum(['right', 'wrong', 'doubtful', 'none', 'unknown']),
      reason: z.enum(REASONS).nullable(),
    }),
  ),
}) satisfies z.ZodType<PackageAnswer>;

/** The answer of `check_names`. */
export const NAME_ANSWERS = z.object({
  names: z.array(
    z.object({
      name: z.string(),
      known: z.enum(['popular', 'own', 'built-in', 'malware', 'look-alike', 'unlisted', 'invalid']),
      target: text,
      confidence: text,
      evidence: text,
      malware: texts,
    }),
  ),
}) satisfies z.ZodType<{ readonly names: readonly NameAnswer[] }>;

/** The answer of `check_project`. */
export const PROJECT_ANSWER = z.object({
  checked: z.enum(['checked', 'partly', 'not-checked']),
  counts: z.object({
    errors: z.number(),
    warnings: z.number(),
    information: z.number(),
    hints: z.number(),
  }),
  findings: z.array(
    z.object({
      rule: z.string(),
      severity: z.enum(['error', 'warning', 'information', 'hint']),
      package: text,
      version: text,
      path: z.string(),
      line: z.number(),
      message: z.string(),
    }),
  ),
  moreFindings: z.number(),
  notChecked: z.array(z.object({ what: z.string(), why: z.string(), advice: z.string() })),
  moreNotChecked: z.number(),
}) satisfies z.ZodType<ProjectAnswer>;

/** The answer of `explain_rule`. */
export const RULE_ANSWER = z.object({
  rule: z.string(),
  severity: z.string(),
  category: z.string(),
  summary: z.string(),
  why: z.string(),
});
