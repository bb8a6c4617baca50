import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { specOf } from '../../read/manager/managers.ts';
import { firstLockedSection } from '../../read/project/locked/needed-lockfile.ts';
import { type MissingControl, missingControls } from '../baseline/missing-controls.ts';
import { planSetting, shownLine } from '../baseline/plan-baseline.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Reports each control that the policy requires and a project lacks, once, at its root manifest. Unknown states are not
 * reported: a project below the top of its repository may have its update bot there.
 */
interface Missing {
  readonly control: MissingControl['key'];
  readonly what: string;
  readonly required: string;
  readonly advice: string;
  readonly contact: string | null;
}

export const controlMissing = defineRule<Missing, Record<string, never>>({
  id: 'control-missing',
  category: 'policy',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A control that the policy requires and the project lacks.',
    why: `\`controls\` in \`dependency-hygiene.json\` lists what each project has to have:

- \`lockfile\`: a lockfile that git keeps
- \`cooldownDays\`: a cooldown of at least this many days in the package manager
- \`installScripts\`: \`"off"\`, or \`"reviewed"\` if unreviewed ones do not run
- \`exactVersions\`: new dependencies are saved as exact versions. Published packages are exempt, as they need ranges
- \`auditLevel\`: no locked package has a known vulnerability of this severity or a higher one that is not accepted
- \`sbom\`: an SBOM of CycloneDX or SPDX at the top of the repository or in its folder \`sbom\`, or a workflow that makes one
- \`updateBot\`: Dependabot or Renovate is configured for npm packages at the top of the repository

Each is reported once for each project with dependencies.`,
    bad: `-- package.json --
{
  "name": "shop",
  "packageManager": "npm@11.19.1",
  "dependencies": {
  ^^^^^^^^^^^^^^ control-missing: npm has no cooldown here, and the policy requires 3 days. Set a longer one. Ask security@acme.example.test.
    "left": "1.0.0"
  }
}
-- dependency-hygiene.json --
{
  "controls": { "cooldownDays": 3, "contact": "security@acme.example.test" }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "packageManager": "npm@11.19.1",
  "dependencies": {
    "left": "1.0.0"
  }
}
-- .npmrc --
min-release-age=3
-- dependency-hygiene.json --
{
  "controls": { "cooldownDays": 3, "contact": "security@acme.example.test" }
}
`,
  },
  check: {
    *manifest(manifest, context): Generator<Found<Missing>> {
      const { project } = context;
      const { controls } = project.policy;
      if (controls.size === 0 || project.insideMember) return;
      if (manifest.uri !== project.rootManifest?.uri) return;
      const span = firstLockedSection(manifest);
      if (span === undefined) return;
      const contact = controls.get('contact')?.value;
      for (const { key, what, required, advice, control } of missingControls(context)) {
        const { uri } = control;
        const message = 'This requires it.';
        yield {
          span,
          data: {
            control: key,
            what,
            required,
            advice,
            contact: typeof contact === 'string' ? contact : null,
          },
          related: uri === undefined ? [] : [{ uri, span: control.span, message }],
        };
      }
    },
  },
  message({ data: { what, required, advice, contact } }) {
    const ask = contact === null ? '' : ` Ask ${shownText(contact.trim().replace(/\.+$/, ''), 200)}.`;
    return `${what}, and the policy requires ${required}. ${advice}.${ask}`;
  },
  *fix({ data: { control } }, { project, text }) {
    if (control !== 'exactVersions') return;
    const { baseline } = specOf(project.manager);
    const line = baseline.savedRange('exact', project.manager.version);
    const edit = line === undefined ? undefined : planSetting(project, line, text);
    if (line === undefined || edit === undefined) return;
    yield { title: `Add "${shownLine(line)}" to ${line.file}`, applicability: 'unsafe', edits: [edit] };
  },
});
