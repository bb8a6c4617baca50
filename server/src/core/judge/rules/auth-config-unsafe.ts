import { type CredentialKey, readCredentialKey, registryKey } from '../../read/config/npm/credential-key.ts';
import { removeLines } from '../../read/config/npm/edit-npmrc.ts';
import type { Npmrc, NpmrcEntry } from '../../read/config/npm/npmrc.ts';
import type { YarnRegistry, Yarnrc } from '../../read/config/yarn/yarnrc.ts';
import { managerTitle } from '../../read/manager/manager-title.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { Project } from '../../read/project/project.ts';
import { isConfiguredHost } from '../../read/project/registries/configured-hosts.ts';
import type { Severity } from '../../read/text/finding.ts';
import { withSlash } from '../../read/text/paths/canonical-url.ts';
import { hostAndPort, isSameHost, parseWebUrl } from '../../read/text/paths/web-url.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Credentials of npm are bound to a registry, so that none goes to another one. Checks keys alone: values are those of
 * `plaintext-token`. Known false positives: a registry that only a file outside of the workspace names.
 */
type Fault =
  /** It is bound to no registry; npm would rename it to `to`. */
  | 'unbound'
  /** The package manager no longer reads it. */
  | 'removed'
  /** npm rejects it, and deletes it in `npm config fix`. */
  | 'rejected'
  /** npm reads no such key, but `to`. */
  | 'misspelled'
  /** Its URL has a scheme, or no slash at the end. */
  | 'shape'
  /** A token for the same registry takes precedence. */
  | 'unused'
  /** The package manager does not replace its variable. */
  | 'not-expanded'
  /** No setting names the host that gets the secret. */
  | 'unknown-host'
  /** A secret becomes part of a URL. */
  | 'in-url'
  /** Yarn sends the credentials of the default registry to another one. */
  | 'shared';

interface Unsafe {
  readonly fault: Fault;
  readonly key: string;
  /** The key that has the intended effect. */
  readonly to: string | null;
  /** The variable with the secret, the host that gets it, or the command that replaces the line. */
  readonly detail: string | null;
  readonly manager: string;
}

export const authConfigUnsafe = defineRule<Unsafe, Record<string, never>>({
  id: 'auth-config-unsafe',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A credential that is bound to no registry, goes to the wrong one, or has no effect.',
    why: `\`_authToken=…\` without a registry would go to any registry that is configured later, so npm rejects it
(\`ERR_INVALID_AUTH\`). Bind it to the URL of its registry: \`//npm.acme.test/:_authToken\`. The fixes are those of
\`npm config fix\`, and they touch keys alone.

A variable with a secret in a file of the project is a risk of its own: whoever changes the file decides which host gets the
secret. So it is reported if no registry setting, lockfile or \`allowedHosts\` names the host, and if the variable is part of
a URL. pnpm from 11.5.3 on (and 10.34.2) ignores credentials and registries with variables in a project's .npmrc
altogether: they belong into the user's configuration, or into an environment variable
\`pnpm_config_//host/:_authToken\`.

Yarn sends the top-level \`npmAuthToken\` to each registry of \`npmScopes\` that has no credentials of its own.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .npmrc --
registry=https://npm.acme.test/
_authToken=\${NPM_TOKEN}
^^^^^^^^^^ auth-config-unsafe
`,
    good: `-- package.json --
{ "name": "shop" }
-- .npmrc --
registry=https://npm.acme.test/
//npm.acme.test/:_authToken=\${NPM_TOKEN}
`,
  },
  check: {
    *npmrc(npmrc, { project }) {
      if (npmrc !== project.npmConfig.project) return;
      for (const entry of npmrc.entries) {
        const found = judgeKey(entry, npmrc, project) ?? judgeValue(entry, project);
        if (found !== undefined) yield found;
      }
    },
    *yarnrc(file, { project }) {
      if (file.level === 'project') yield* sharedCredentials(file, project);
    },
  },
  message: ({ data }) => MESSAGES[data.fault](data),
  *fix({ data: { fault, key, to, detail }, span }, { file, uri }) {
    if (file.kind !== 'npmrc') return;
    const lines = (isChosen: (entry: NpmrcEntry) => boolean) =>
      removeLines(file.text, isChosen).map((edit) => ({ uri, ...edit }));
    const isHere = ({ keySpan }: NpmrcEntry) => keySpan.start === span.start;
    switch (fault) {
      case 'unbound':
      case 'misspelled':
      case 'shape': {
        if (to === null) return;
        // npm drops the old key if the new one is there.
        const isThere = file.entries.some((entry) => entry.key === to);
        if (isThere)
          yield { title: `Delete ${key}, as ${to} is set`, applicability: 'unsafe', edits: lines(isHere) };
        else yield { title: `Rename to ${to}`, applicability: 'unsafe', edits: [{ uri, span, newText: to }] };
        return;
      }
      case 'removed':
      case 'rejected':
      case 'unused':
      case 'unknown-host':
        yield { title: `Delete ${key}`, applicability: 'unsafe', edits: lines(isHere) };
        return;
      case 'not-expanded':
        if (detail === null) return;
        yield {
          title: `Delete ${key} here, to be stored in your own configuration`,
          ...{ applicability: 'unsafe', edits: lines(isHere), command: detail },
        };
        return;
      default:
        return;
    }
  },
});

const MESSAGES: Readonly<Record<Fault, (data: Unsafe) => string>> = {
  unbound: ({ key, to }) =>
    `"${key}" is bound to no registry, so npm rejects it (ERR_INVALID_AUTH). ${to === null ? 'Bind it to one.' : `Rename it to "${to}".`}`,
  rejected: ({ key }) => `npm rejects "${key}" (ERR_INVALID_AUTH). Delete it.`,
  removed: ({ key, manager }) => `"${key}" has no effect, as ${manager} no longer reads it. Delete it.`,
  misspelled: ({ key, to }) => `"${key}" has no effect, as npm reads "${to}" alone. Rename it.`,
  shape: ({ key, to }) => `"${key}" is not found by every command. Write the key as "${to}".`,
  unused: ({ key, detail }) => `"${key}" has no effect, as "${detail}" takes precedence. Delete it.`,
  'not-expanded': ({ key, manager, detail }) =>
    `${manager} ignores "${key}" in a project, as it contains a variable. ${detail === null ? 'Write the URL itself' : `Delete the line and run: ${detail}`}.`,
  'unknown-host': ({ key, detail }) =>
    `"${key}" gives \${${detail}} to a host that no registry setting names. Delete it, or add the host to "allowedHosts".`,
  'in-url': ({ key, detail }) =>
    `"${key}" puts \${${detail}} into a URL, which lockfiles and logs show. Use a key such as "//host/:_authToken" instead.`,
  shared: ({ key, detail }) =>
    `"${key}" has no credentials of its own, so Yarn sends the top-level ones to ${detail}. Give it its own "npmAuthToken".`,
};

/** Judges the key of a credential. */
function judgeKey(entry: NpmrcEntry, npmrc: Npmrc, project: Project): Found<Unsafe> | undefined {
  const name = entry.key.slice(entry.key.lastIndexOf(':') + 1);
  if (specOf(project.manager).secrets.removedKeys(project.manager.version).includes(name))
    return found('removed', entry, project, { severity: 'hint' });
  const read = readCredentialKey(entry.key);
  if (read === undefined || entry.valueSpan === entry.keySpan || entry.value === '') return undefined;
  return read.base === ''
    ? judgeUnbound(entry, read, npmrc, project)
    : judgeBound(entry, read, npmrc, project);
}

/** Judges a key without a registry, as `npm config fix` does. */
function judgeUnbound(
  entry: NpmrcEntry,
  { name, isSpelledRight }: CredentialKey,
  npmrc: Npmrc,
  project: Project,
): Found<Unsafe> | undefined {
  const has = (key: string) => npmrc.entries.some((one) => one.key === key);
  const { unboundCredentials } = specOf(project.manager).secrets;
  const severity = unboundCredentials(name, project.manager.version);
  if (severity === undefined) return undefined;
  if (!isSpelledRight)
    return name === '_authToken' ? found('rejected', entry, project, { severity }) : undefined;
  const pair = PAIRS[name];
  if (pair !== undefined && !has(pair)) return found('rejected', entry, project, { severity });
  const registry = npmrc.entries.findLast(({ key, list }) => key === 'registry' && !list)?.value;
  const base = registryKey(registry ?? project.npmConfig.publicRegistry);
  return found('unbound', entry, project, { severity, to: base === undefined ? null : `${base}:${name}` });
}

/** Keys that npm reads together with another one. */
const PAIRS: Readonly<Partial<Record<CredentialKey['name'], string>>> = {
  username: '_password',
  _password: 'username',
  certfile: 'keyfile',
  keyfile: 'certfile',
};

function judgeBound(
  entry: NpmrcEntry,
  { name, isSpelledRight, base, scope }: CredentialKey,
  npmrc: Npmrc,
  project: Project,
): Found<Unsafe> | undefined {
  const bare = base.slice(base.indexOf('//'));
  const to = `${withSlash(bare)}:${scope}${name}`;
  if (!isSpelledRight) return found('misspelled', entry, project, { to });
  if (bare !== base) return found('misspelled', entry, project, { to });
  if (!base.endsWith('/')) return found('shape', entry, project, { to, severity: 'warning' });
  const token = `${base}:_authToken`;
  if (name === '_auth' && npmrc.entries.some(({ key, value }) => key === token && value !== ''))
    return found('unused', entry, project, { detail: token, severity: 'warning' });
  return undefined;
}

const VARIABLE = /\$\{([^${}?:-]+)[^${}]*\}/;
const SECRET_NAME = /TOKEN|KEY|SECRET|PASS|AUTH|CRED/i;

/** Judges where the variables of a line go. */
function judgeValue(entry: NpmrcEntry, project: Project): Found<Unsafe> | undefined {
  const { key, value } = entry;
  const isRegistry = key === 'registry' || key.endsWith(':registry');
  const isCredential = key.startsWith('//');
  if (!isRegistry && !isCredential) return undefined;
  const variable = VARIABLE.exec(value)?.[1] ?? VARIABLE.exec(key)?.[1];
  if (variable === undefined) return undefined;
  const { name, version } = project.manager;
  const { secrets } = specOf(project.manager);
  if (version !== undefined && !secrets.expandsInProject(version)) {
    // A key of a hostile repository must not become part of a command, nor a variable with another name.
    const isPlain = isCredential && /^[\w@.:/-]+$/.test(key) && /^\w+$/.test(variable);
    const detail = isPlain ? secrets.storeCommand(key, variable) : null;
    const manager = `${managerTitle(name)} ${version}`;
    return found('not-expanded', entry, project, { detail, manager, severity: 'warning' });
  }
  if (!SECRET_NAME.test(variable)) return undefined;
  if (isRegistry || VARIABLE.test(key))
    return found('in-url', entry, project, { detail: variable, severity: 'warning' });
  const base = readCredentialKey(key)?.base;
  if (base === undefined || isConfiguredHost(project, `https:${base}`)) return undefined;
  return found('unknown-host', entry, project, { detail: variable, severity: 'warning' });
}

/** Yields registries of scopes that get the credentials of the default registry, which is on another host. */
function* sharedCredentials(file: Yarnrc, project: Project): Generator<Found<Unsafe>> {
  const { registry, scopes, registries } = file;
  if (!hasCredentials(registry)) return;
  const home = registry.server?.value ?? project.npmConfig.publicRegistry;
  for (const scope of scopes) {
    const { key, server } = scope;
    if (key === undefined || server === undefined || hasCredentials(scope) || server.value.includes('${'))
      continue;
    const address = parseWebUrl(server.value);
    const ofHost = registries.some(
      (one) =>
        hasCredentials(one) && one.key !== undefined && isSameHost(`https:${one.key.value}`, server.value),
    );
    if (address === undefined || ofHost || isSameHost(home, server.value)) continue;
    const data: Unsafe = {
      ...{ fault: 'shared', key: `@${key.value}`, to: null, detail: hostAndPort(address) },
      manager: managerTitle(project.manager.name),
    };
    yield { span: key.span, data, severity: 'warning' };
  }
}

function hasCredentials({ authToken, authIdent }: YarnRegistry): boolean {
  return [authToken, authIdent].some((one) => one !== undefined && one.value !== '');
}

function found(
  fault: Fault,
  { key, keySpan }: { readonly key: string; readonly keySpan: Span },
  project: Project,
  {
    severity,
    to = null,
    detail = null,
    manager = managerTitle(project.manager.name),
  }: Partial<Omit<Unsafe, 'fault' | 'key'>> & { readonly severity?: Severity },
): Found<Unsafe> {
  return {
    span: keySpan,
    data: { fault, key, to, detail, manager },
    ...(severity === undefined ? {} : { severity }),
  };
}
