import { scriptEffect } from '../../know/scripts/script-effect.ts';
import type { Automation, AutomationStep, AutomationSystem } from '../../read/automation/automation.ts';
import { specOf } from '../../read/manager/managers.ts';
import { newlineOf, type TextEdit } from '../../read/text/edit.ts';

import { auditsAnywhere, firstInstall, hiddenAudits, installBeforeAudit } from '../automation/audits.ts';
import { defineRule } from '../check/rule.ts';

/**
 * Workflows that install and never look for known vulnerabilities, once for a project; and audits whose failure is ignored.
 * Not reported: projects with any auditor, whatever its name, and audits whose output is read. Known false positives: checks
 * that a service outside of the repository makes, which is why it is a hint.
 */
interface AuditMissing {
  /** late: it runs when the install scripts have run. */
  readonly kind: 'missing' | 'hidden' | 'late';
  /** The command that audits, or what hides its failure. */
  readonly name: string;
}

export const ciAuditMissing = defineRule<AuditMissing, Record<string, never>>({
  id: 'ci-audit-missing',
  category: 'automation',
  preset: 'recommended',
  severity: 'hint',
  facts: [],
  options: {},
  docs: {
    summary:
      'Workflows that install packages and never check them for known vulnerabilities, or ignore the result.',
    why: `A vulnerability that becomes known after the last update is found by a check that runs regularly. \`npm audit\` and
\`dephygiene check\` need only the lockfile, so they can run before the install, and before its scripts. An audit that runs
after an install with scripts is a hint.

An audit with \`|| true\` behind it never fails, whatever it finds. It is a warning. Use \`--audit-level\` to choose from which
severity on it fails.`,
    bad: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
             ^^^ ci-audit-missing
`,
    good: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
-- .github/workflows/ci.yml --
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npm audit --audit-level=high
      - run: npm ci
`,
  },
  check: {
    *automation(file, { project }) {
      const [hidden, ...others] = hiddenAudits(file);
      if (hidden !== undefined) {
        const related = others.map(({ span }) => ({ uri: file.uri, span, message: 'Another audit' }));
        yield { span: hidden.span, data: { kind: 'hidden', name: hidden.by }, related, severity: 'warning' };
      }
      if (!isPipeline(file)) return;
      const early = scriptEffect(project) === 'runs' ? installBeforeAudit(file) : undefined;
      if (early !== undefined) yield { span: early.word.span, data: { kind: 'late', name: early.word.text } };
      const { audit } = specOf(project.manager).commands;
      const pipelines = project.automation.filter(isPipeline);
      const first = pipelines.find((one) => firstInstall(one) !== undefined);
      const install = first === file ? firstInstall(file) : undefined;
      if (install === undefined || audit === undefined || project.lockfile === undefined) return;
      if (auditsAnywhere(pipelines)) return;
      yield { span: install.word.span, data: { kind: 'missing', name: audit } };
    },
  },
  message({ data: { kind, name } }) {
    if (kind === 'late')
      return 'Install scripts run before the audit of this job. Move the audit before the install, as it needs only the lockfile.';
    return kind === 'missing'
      ? `No job checks the packages for known vulnerabilities. Add a step with "${name}".`
      : `The audit never fails because of "${name}". Remove it, and choose a level with "--audit-level".`;
  },
  *fix({ data: { kind, name } }, { file, uri }) {
    if (file.kind !== 'automation' || kind === 'late') return;
    if (kind === 'hidden') {
      const spans = [...hiddenAudits(file)].flatMap(({ by, edit }) => (by === name ? (edit ?? []) : []));
      const edits = spans.map((each) => ({ uri, span: each, newText: '' }));
      if (edits.length > 0) yield { title: `Remove "${name}"`, applicability: 'unsafe', edits };
      return;
    }
    const edit = stepBefore(firstInstall(file)?.step, name, file);
    if (edit !== undefined)
      yield { title: `Insert a step with "${name}"`, applicability: 'unsafe', edits: [{ uri, ...edit }] };
  },
});

const PIPELINES: ReadonlySet<AutomationSystem> = new Set(['github', 'gitlab', 'circleci', 'azure']);

function isPipeline({ system }: Automation): boolean {
  return PIPELINES.has(system);
}

/** Returns the edit that inserts a step before another, which has to begin its line. */
function stepBefore(
  step: AutomationStep | undefined,
  command: string,
  { system, text }: Automation,
): TextEdit | undefined {
  if (step === undefined || system !== 'github') return undefined;
  const start = text.lastIndexOf('\n', step.span.start - 1) + 1;
  const indent = text.slice(start, step.span.start);
  if (!/^ *- +$/.test(indent)) return undefined;
  return { span: { start, end: start }, newText: `${indent}run: ${command}${newlineOf(text)}` };
}
