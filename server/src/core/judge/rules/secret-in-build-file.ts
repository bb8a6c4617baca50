import { scriptEffect } from '../../know/scripts/script-effect.ts';
import type { Automation, AutomationJob } from '../../read/automation/automation.ts';
import type { ConfigEntry } from '../../read/config/tree/config-tree.ts';
import { isDockerIgnored } from '../../read/project/build-context.ts';
import type { Project } from '../../read/project/project.ts';
import type { Related } from '../../read/text/finding.ts';
import { isGitIgnored } from '../../read/text/paths/git-ignore.ts';
import { joinUri, nameOf, parentUri } from '../../read/text/paths/uri.ts';
import { plural } from '../../read/text/words/words.ts';
import { type InstallCall, installsOf, spanOfCall } from '../automation/commands-of.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * A secret that a build keeps, or that the scripts of packages can read. Not reported: mounted secrets, variables that no
 * instruction uses, secrets of single steps, and installs without scripts. Known false positives: a package with install
 * scripts that need the secret, which then belongs to that step.
 */
interface BuildSecret {
  /** copied: a file with secrets that the image gets. image: in the history of the image; stage: only of a stage that is left behind; scripts: readable by install scripts. */
  readonly kind: 'image' | 'stage' | 'scripts' | 'copied';
  readonly name: string;
  /** The install that gives scripts the secret. */
  readonly command: string | null;
  readonly more: number;
}

export const secretInBuildFile = defineRule<BuildSecret, Record<string, never>>({
  id: 'secret-in-build-file',
  category: 'automation',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A secret that becomes part of an image, or that install scripts in CI can read.',
    why: `Values of \`ARG\` and \`ENV\` are in the history of the image: everybody who can pull it can read them. In a stage that is
left behind they stay in the build cache, which is a warning. Mount the secret instead, for the one instruction that needs it:
\`RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\`.

With \`COPY .\`, the image also gets files that git ignores, such as \`.env\`, unless \`.dockerignore\` has them. That is a warning, for a
Dockerfile beside package.json.

In a workflow, a secret in \`env\` of the workflow or of a job is in the environment of every step, and so of the install
scripts of all packages. Worms on the registry read exactly that. Give it to the one step that needs it, or install with
\`--ignore-scripts\`. This is a warning, and reported only where install scripts run.`,
    bad: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
-- Dockerfile --
FROM node:24
ARG NPM_TOKEN
    ^^^^^^^^^ secret-in-build-file
COPY . .
RUN echo "//registry.public.example.test/:_authToken=$NPM_TOKEN" > .npmrc && npm ci
`,
    good: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
-- Dockerfile --
FROM node:24
COPY . .
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
`,
  },
  check: {
    *automation(file, { project }) {
      if (file.system === 'docker') {
        yield* inImage(file);
        yield* copiedSecrets(file, project);
      }
      if (file.system === 'github') yield* inScripts(file, project);
    },
  },
  message({ data: { kind, name, command, more } }) {
    const others = more === 0 ? '' : ` and ${plural(more, 'other secret')}`;
    switch (kind) {
      case 'copied':
        return `${name} is copied into the image, and git ignores it. Add it to .dockerignore.`;
      case 'image':
        return `${name} stays in the history of the image. Use "RUN --mount=type=secret" instead.`;
      case 'stage':
        return `${name} stays in the build cache. Use "RUN --mount=type=secret" instead.`;
      case 'scripts':
        return `${name}${others} can be read by the install scripts of "${command}". Set it only in the step that needs it.`;
    }
  },
  *fix({ data: { kind, name } }, { project, text }) {
    if (kind !== 'copied') return;
    const uri = joinUri(project.root, '.dockerignore');
    const before = text(uri) ?? '';
    const newText = `${before === '' || before.endsWith('\n') ? '' : '\n'}${name}\n`;
    const span = { start: before.length, end: before.length };
    yield {
      title: `Add "${name}" to .dockerignore`,
      applicability: 'unsafe',
      edits: [{ uri, span, newText }],
    };
  },
});

const OF_REGISTRY =
  /^(?:NPM|NODE_AUTH|YARN_NPM|PNPM|BUN)\w*_?(?:TOKEN|AUTH|PASSWORD)\w*$|^(?:NPM|NODE)_?TOKEN$/i;

function* inImage({ jobs, uri }: Automation): Generator<Found<BuildSecret>> {
  const kept = stagesOfImage(jobs);
  for (const job of jobs) {
    const { env, steps } = job;
    const isLast = kept.has(job);
    const seen = new Set<string>();
    for (const { key, value } of env) {
      if (!OF_REGISTRY.test(key.value) || seen.has(key.value)) continue;
      seen.add(key.value);
      const declared = steps.find(({ span }) => span.start <= key.span.start && key.span.start < span.end);
      const isEnv = declared?.instruction === 'ENV';
      const use = new RegExp(`\\$\\{?${key.value}\\b`);
      const used = steps.find(
        ({ instruction, script }) => instruction === 'RUN' && use.test(script?.value ?? ''),
      );
      const copied = steps.find(
        ({ instruction, script }) => instruction === 'COPY' && /\.npmrc\b/.test(script?.value ?? ''),
      );
      const by = used ?? copied;
      // A variable of the environment stays whether it is used or not; an empty one holds no secret.
      if (isEnv ? /^["']?["']?$/.test(value?.text ?? '') : by === undefined) continue;
      const related: Related[] = by === undefined ? [] : [{ uri, span: by.span, message: 'Used here' }];
      const kind = isLast ? 'image' : 'stage';
      const data = { kind, name: key.value, command: null, more: 0 } as const;
      yield { span: key.span, data, related, ...(isLast ? {} : { severity: 'warning' }) };
    }
  }
}

/** Yields files with secrets that `COPY .` of the last stage takes along from the folder of the project. */
function* copiedSecrets({ jobs, uri }: Automation, project: Project): Generator<Found<BuildSecret>> {
  const { buildContext, gitIgnore, npmConfig } = project;
  if (buildContext === undefined || gitIgnore === undefined || parentUri(uri) !== project.root) return;
  const { secrets, ownIgnores, ignore } = buildContext;
  if (ownIgnores.includes(`${nameOf(uri)}.dockerignore`)) return;
  const kept = stagesOfImage(jobs);
  const steps = jobs.filter((job) => kept.has(job)).flatMap((job) => job.steps);
  const whole = steps.find(
    ({ instruction, script }) =>
      (instruction === 'COPY' || instruction === 'ADD') && WHOLE_FOLDER.test(script?.value ?? ''),
  );
  if (whole === undefined) return;
  for (const name of secrets) {
    if (!isGitIgnored(gitIgnore.text, name) || isDockerIgnored(ignore, name)) continue;
    const isSettings = name === '.npmrc';
    if (isSettings && !(npmConfig.project?.entries.some(isCredential) ?? false)) continue;
    yield { span: whole.span, data: { kind: 'copied', name, command: null, more: 0 }, severity: 'warning' };
  }
}

/** Without `--from`, and with options such as `--chown` or `--link`. */
const WHOLE_FOLDER = /^\s*(?:--(?!from\b|exclude\b)\S+\s+)*\.\/?\s+\S+\s*$/;

function isCredential({ key, value }: { readonly key: string; readonly value: string }): boolean {
  return /:?_(?:authToken|auth|password)$/.test(key) && value.trim() !== '' && !value.includes('$' + '{');
}

/** Returns the last stage with those that it begins from. */
function stagesOfImage(jobs: readonly AutomationJob[]): ReadonlySet<AutomationJob> {
  const kept = new Set<AutomationJob>();
  let at = jobs.length - 1;
  for (let job = jobs[at]; job !== undefined; job = jobs[at]) {
    kept.add(job);
    const from = job.name.value.toLowerCase();
    at = jobs.slice(0, at).findLastIndex(({ alias }) => alias?.toLowerCase() === from);
  }
  return kept;
}

function* inScripts(file: Automation, project: Project): Generator<Found<BuildSecret>> {
  if (scriptEffect(project) !== 'runs') return;
  const installs = installsOf(file).filter(
    ({ install, spec, args, isElsewhere, variables }) =>
      install.place === 'project' &&
      spec.name === project.manager.name &&
      !isElsewhere &&
      !args.some(({ text }) => /^--ignore-scripts(?:=true)?$/.test(text)) &&
      !variables.some((each) => /ignore_scripts=/i.test(each)),
  );
  const byJob = new Map<AutomationJob, InstallCall>();
  for (const call of installs) if (!byJob.has(call.job)) byJob.set(call.job, call);
  const places = [
    [file.env, installs[0]] as const,
    ...file.jobs.map((job) => [job.env, byJob.get(job)] as const),
  ].flatMap(([env, call]) =>
    call === undefined ? [] : env.filter(isSecret).map(({ key }) => ({ key, call })),
  );
  const [first, ...others] = places;
  if (first === undefined) return;
  const { key, call } = first;
  const command = [call.word, ...call.args].map(({ text }) => text).join(' ');
  const related = [
    { uri: file.uri, span: spanOfCall(call), message: 'Runs install scripts' },
    ...others.map((other) => ({ uri: file.uri, span: other.key.span, message: 'Another secret' })),
  ];
  const data = { kind: 'scripts', name: key.value, command, more: others.length } as const;
  yield { span: key.span, data, related, severity: 'warning' };
}

/** Checks for a secret of the repository; the token of the workflow has the rights that the workflow says. */
function isSecret({ value }: ConfigEntry): boolean {
  return /\$\{\{[^}]*\bsecrets\.(?!GITHUB_TOKEN\b)\w/.test(value?.text ?? '');
}
