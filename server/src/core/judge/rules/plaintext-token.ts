import type { Dotenv } from '../../read/config/dotenv.ts';
import { removeLines } from '../../read/config/npm/edit-npmrc.ts';
import { bun } from '../../read/manager/bun/bun.ts';
import { specOf, specOfYarnrc } from '../../read/manager/managers.ts';
import { VARIABLE_OF } from '../../read/manager/model/secrets.ts';
import { npm } from '../../read/manager/npm/npm.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import { besideFileOf } from '../../read/project/secrets/beside-files.ts';
import { type Exposure, exposureOf } from '../../read/project/secrets/exposure.ts';
import type { Secret } from '../../read/project/secrets/secret.ts';
import { secretsIn } from '../../read/project/secrets/secrets-in.ts';
import { appendLines, type TextEdit } from '../../read/text/edit.ts';
import type { FileEdit, Fix } from '../../read/text/finding.ts';
import { joinUri, nameOf, type Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { plural } from '../../read/text/words/words.ts';
import { defineRule, type FixContext, type Found } from '../check/rule.ts';

/**
 * A secret in the repository is in every clone and in its history. Whether git tracks the file decides the severity. The
 * value is read where a fix removes it, and is in no data. Not reported: variables, placeholders, files of the user, and
 * credentials for this machine. Known false positives: a read-only token that is public on purpose.
 */
interface PlainSecret extends Pick<Secret, 'kind' | 'isValid' | 'more'> {
  readonly setting: string | null;
  readonly file: string;
  readonly exposure: Exposure;
  /** What takes its place: a reference to a variable, or the command that stores it for the user. */
  readonly instead: string | null;
  readonly isMoved: boolean;
  /** Whether the whole line is a comment, which needs no reference in place of the secret. */
  readonly isComment: boolean;
}

export const plaintextToken = defineRule<PlainSecret, Record<string, never>>({
  id: 'plaintext-token',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A token, password or private key in plain text in a file of the project.',
    why: `Everyone with a clone has the secret, and every version of it stays in git's history. Deleting the line is not enough:
**revoke the token first**, with \`npm token list\` and \`npm token revoke <id>\`, or on the website of the registry.

The finding is an error if git tracks the file, or if that is unknown, and a warning if git ignores or does not track it.
Values such as \`\${NPM_TOKEN}\`, placeholders, and credentials for this machine are not reported. A token of npm is
recognized by its checksum, in comments and scripts as well, and in \`.env\` files that git tracks. The .npmrc of a workspace
member is read too, whether or not the package manager reads it. Your own files are the right place, and not reported:
\`dephygiene privacy\` names those that other users of the machine can read.

## Where a token belongs

| Package manager | Place |
|---|---|
| npm, Yarn 1 | \`//host/:_authToken=\${NPM_TOKEN}\` in .npmrc, or the user's own .npmrc: \`npm login\` |
| Yarn 2 and later | \`npmAuthToken: "\${NPM_TOKEN:-}"\` in .yarnrc.yml, or \`yarn npm login\` |
| Bun | \`token = "$NPM_TOKEN"\` in bunfig.toml, or the .npmrc of npm |
| pnpm from 11.5.3 on, and 10.34.2 | The user's configuration alone, with \`pnpm login\` or \`pnpm config set\`: variables in a project's .npmrc are ignored |

## Tokens that do less harm

- Only granular tokens are left, since November 2025. For installing, a token that reads is enough, for the packages of one
  scope and a few days: \`npm token create --name=ci --scopes=@acme --packages-and-scopes-permission=read-only --expires=30\`.
  The option \`--read-only\` is one of npm 10 and earlier.
- \`--cidr=192.0.2.0/24\` limits a token to your network.
- Two-factor authentication for logins and publishing: \`npm profile enable-2fa auth-and-writes\`. Tokens with
  \`--bypass-2fa\` publish without it.
- With trusted publishing, a workflow publishes without any token. Configure it for each package on the registry's website,
  give the job \`id-token: write\`, and disallow tokens for the package.

In CI, put the token in the secret store and in the environment of the one step that installs.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .npmrc --
@acme:registry=https://npm.acme.test/
//npm.acme.test/:_authToken=5b7d1c0e-93f4-4a6e-8c21-7f0a9d35e6b2
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plaintext-token
`,
    good: `-- package.json --
{ "name": "shop" }
-- .npmrc --
@acme:registry=https://npm.acme.test/
//npm.acme.test/:_authToken=\${NPM_TOKEN}
`,
  },
  check: {
    npmrc: found,
    memberNpmrc: found,
    dotenv: inVariables,
    *program(file, context) {
      const beside = besideFileOf(file, context.project);
      if (beside?.kind === 'dotenv') yield* inVariables(beside, context);
      else if (beside !== undefined) yield* found(beside, context);
    },
    yarnrc: found,
    bunfig: found,
    manifest: found,
    lockfile: found,
    pnpmWorkspace: found,
    policy: found,
    automation: found,
  },
  message({ data }) {
    const { isValid, isMoved, isComment, instead, more } = data;
    const others = more === 0 ? '' : ` (and at ${plural(more, 'other place')})`;
    const then = isMoved ? `delete the line and run: ${instead}` : `use ${instead}`;
    const removal = isComment ? 'delete the comment' : 'remove it here';
    const advice = instead === null ? removal : then;
    if (!isValid)
      return `This looks like an npm token, but its checksum is wrong. If it is one, revoke it, then ${advice}.`;
    const verdict = `${describeSecret(data)} in plain text${others}`;
    return `${verdict}${EXPOSED[data.exposure](data.file)}. Revoke it, then ${advice}.`;
  },
  *fix({ data, span }, context) {
    const { file, uri } = context;
    const here = (edits: readonly TextEdit[]) => edits.map((edit) => ({ uri, ...edit }));
    const { setting, instead, kind } = data;
    if (data.isComment) {
      const edits = here([{ span: wholeLine(file.text, span.start), newText: '' }]);
      yield { title: 'Delete the comment', applicability: 'unsafe', edits };
    } else if (kind === 'url') yield* withoutCredentials(file.text.slice(span.start, span.end), context);
    else if (data.isMoved) {
      const edits = here(removeLines(file.text, ({ valueSpan }) => valueSpan.start === span.start));
      const title = `Delete ${setting} here, to be stored in your own configuration`;
      if (edits.length > 0)
        yield { title, applicability: 'unsafe', edits, ...(instead === null ? {} : { command: instead }) };
    } else if (instead !== null && kind !== 'key') {
      const edits = here([{ span, newText: instead }]);
      const command = readCommand(variableOf(kind));
      yield { title: `Replace the value with ${instead}`, applicability: 'unsafe', edits, command };
    }
    yield* ignoringFile(data, context);
  },
});

function* found(
  file: CheckedFile,
  { project }: { readonly project: Project },
): Generator<Found<PlainSecret>> {
  const { uri } = file;
  if (uri === undefined) return;
  const secrets = secretsIn(file);
  if (secrets.length === 0) return;
  const exposure = exposureOf(project, uri);
  for (const { span, kind, setting, isValid, more } of secrets) {
    const isWeak = !isValid || exposure === 'ignored' || exposure === 'untracked';
    yield {
      span,
      data: {
        ...{ kind, isValid, more, exposure, setting: setting ?? null, file: nameOf(uri) },
        ...replacementOf({ kind, setting, span }, file, project),
      },
      ...(isWeak ? { severity: 'warning' as const } : {}),
    };
  }
}

/** Yields tokens in files with variables that git tracks: elsewhere they are where they belong. */
function* inVariables(file: Dotenv, context: { readonly project: Project }): Generator<Found<PlainSecret>> {
  if (secretsIn(file).length === 0 || exposureOf(context.project, file.uri) !== 'tracked') return;
  yield* found(file, context);
}

/** Returns what takes the place of a secret, as the package manager that reads the file would find it. */
function replacementOf(
  { kind, setting, span }: Pick<Secret, 'kind' | 'setting' | 'span'>,
  file: CheckedFile,
  project: Project,
): Pick<PlainSecret, 'instead' | 'isMoved' | 'isComment'> {
  const isComment = isInComment(file, span.start);
  const of = (instead: string | undefined, isMoved = false) => ({
    instead: instead ?? null,
    ...{ isMoved, isComment },
  });
  if (isComment || kind === 'url' || kind === 'key') return of(undefined);
  const variable = variableOf(kind);
  switch (file.kind) {
    case 'memberNpmrc':
    case 'npmrc': {
      const { secrets } = specOf(project.manager);
      if (secrets.expandsInProject(project.manager.version) || setting === undefined)
        return of(npm.secrets.reference(variable));
      // A key of a hostile repository must not become part of a command.
      const isPlain = /^[\w@.:/-]+$/.test(setting);
      return of(isPlain ? secrets.storeCommand(setting, variable) : undefined, true);
    }
    case 'yarnrc':
      return of(kind === 'text' ? undefined : specOfYarnrc(file).secrets.reference(variable));
    case 'bunfig':
      return of(kind === 'text' ? undefined : bun.secrets.reference(variable));
    default:
      return of(undefined);
  }
}

const COMMENTS: Partial<Readonly<Record<CheckedFile['kind'], RegExp>>> = {
  npmrc: /^\s*[#;]/,
  memberNpmrc: /^\s*[#;]/,
  yarnrc: /^\s*#/,
  bunfig: /^\s*#/,
  pnpmWorkspace: /^\s*#/,
};

/** Checks whether the line is nothing but a comment, as the file's format has them. */
function isInComment({ kind, text }: CheckedFile, offset: number): boolean {
  const { start, end } = wholeLine(text, offset);
  return COMMENTS[kind]?.test(text.slice(start, end)) ?? false;
}

/** Returns the line with its line break. */
function wholeLine(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end === -1 ? text.length : end + 1 };
}

function variableOf(kind: Exclude<Secret['kind'], 'url' | 'key'>): string {
  return VARIABLE_OF[kind === 'text' ? 'token' : kind];
}

/** Sets a variable to a new value without leaving it in the shell's history. */
function readCommand(variable: string): string {
  return `read -rs ${variable} && export ${variable}`;
}

const SECRETS: Readonly<Record<Secret['kind'], string>> = {
  token: 'a token',
  auth: 'a user name and password',
  password: 'a password',
  key: 'a private key',
  url: 'A URL has a password or token',
  text: 'There is an npm token',
};

function describeSecret({ kind, setting }: PlainSecret): string {
  if (setting === null) return SECRETS[kind];
  return `"${setting}" holds ${SECRETS[kind === 'text' ? 'token' : kind]}`;
}

const EXPOSED: Readonly<Record<Exposure, (file: string) => string>> = {
  tracked: (file) => `, and git tracks ${file}`,
  untracked: (file) => `, though git does not track ${file}`,
  ignored: (file) => `, though git ignores ${file}`,
  unknown: () => '',
};

/** Removes `user:password@` from every URL of the manifest, configuration and lockfile that has the same. */
function* withoutCredentials(userinfo: string, { file, uri, project, text }: FixContext): Generator<Fix> {
  const others = file.kind === 'manifest' ? project.lockfiles.map((lockfile) => lockfile.uri) : [];
  const edits: FileEdit[] = [];
  for (const one of [uri, ...others]) {
    const here = one === uri ? file.text : (text(one) ?? '');
    const sought = `//${userinfo}@`;
    for (let at = here.indexOf(sought); at !== -1; at = here.indexOf(sought, at + 1))
      edits.push({ uri: one, span: { start: at + 2, end: at + sought.length }, newText: '' });
  }
  if (edits.length === 0) return;
  yield { title: 'Remove the credentials from the URL', applicability: 'unsafe', edits };
}

/** Keeps an .npmrc out of git. Other files hold settings that the project shares. */
function* ignoringFile(
  { exposure, file: name }: PlainSecret,
  { file, uri, project, text }: FixContext,
): Generator<Fix> {
  if (file.kind !== 'npmrc' || exposure === 'ignored' || joinUri(project.root, name) !== uri) return;
  const ignore: Uri = joinUri(project.root, '.gitignore');
  const before = text(ignore);
  const edit = before === undefined ? { ...appendLines('', [name]) } : appendedLine(before, name);
  const isTracked = exposure === 'tracked';
  yield {
    title: `Let git ignore ${name} (changes .gitignore)`,
    applicability: 'unsafe',
    edits: [{ uri: ignore, ...edit }],
    ...(isTracked ? { command: `git rm --cached ${name}` } : {}),
  };
}

function appendedLine(text: string, line: string): TextEdit {
  const { span, newText } = appendLines(text, [line]);
  // No empty line before it: the list of a .gitignore is one block.
  const glue = text === '' || /[\r\n]$/.test(text) ? '' : '\n';
  return { span, newText: glue + newText.trimStart() };
}
