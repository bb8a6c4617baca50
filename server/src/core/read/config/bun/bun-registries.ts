import { encodeBase64, utf8Characters } from '../../text/encoding.ts';
import type { Located } from '../../text/span.ts';
import { isAtOrBelow } from '../address-below.ts';
import type { Environment } from '../npm/expand-variables.ts';
import type { FoundCredential, RegistryChoice } from '../npm/npm-config.ts';
import { type ManagerRegistries, registryChoice } from '../registry-choice.ts';
import type { Bunfig, BunRegistry } from './bunfig.ts';

export interface BunSources {
  readonly bunfig: Bunfig | undefined;
  readonly userBunfig: Bunfig | undefined;
  readonly environment: Environment;
  readonly trusted: boolean;
}

/**
 * Returns the registries of bunfig.toml, the project's before the user's. Bun also reads .npmrc files, and these come
 * first.
 */
export function bunRegistries({ bunfig, userBunfig, environment, trusted }: BunSources): ManagerRegistries {
  const files = [bunfig, userBunfig].filter((file) => file !== undefined);
  const choiceOf = (file: Bunfig, entry: BunRegistry | undefined, scope: string | undefined) => {
    const url = entry?.url;
    if (url === undefined || url.value === '') return undefined;
    return registryChoice(url.value, { scope, file, span: url.span, trusted });
  };
  const first = (find: (file: Bunfig) => RegistryChoice | undefined) => {
    for (const file of files) {
      const found = find(file);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    scoped: (scope) =>
      first((file) =>
        choiceOf(
          file,
          file.scopes.findLast((entry) => scopeNameOf(entry) === scope),
          scope,
        ),
      ),
    unscoped: () => first((file) => choiceOf(file, file.registry, undefined)),
    credential(url) {
      for (const file of files) {
        if (!trusted && file.level === 'project') continue;
        for (const entry of [...file.scopes, ...(file.registry === undefined ? [] : [file.registry])]) {
          if (entry.url === undefined || !isAtOrBelow(entry.url.value, url)) continue;
          const found = credentialOf(file, entry, environment);
          if (found !== undefined) return found;
        }
      }
      return undefined;
    },
  };
}

/** Returns `@acme`, whether or not the file writes the @. */
export function scopeNameOf({ scope }: BunRegistry): string | undefined {
  return scope === undefined || scope.value.startsWith('@') ? scope?.value : `@${scope.value}`;
}

function credentialOf(
  { level }: Bunfig,
  entry: BunRegistry,
  environment: Environment,
): FoundCredential | undefined {
  const ofProject = level === 'project';
  const ofUser = (written: Located<string> | undefined, value: string) =>
    !ofProject || written?.value !== value;
  const token = expanded(entry.token, environment);
  if (token !== undefined)
    return { credential: { type: 'bearer', token }, ofProject, ofUser: ofUser(entry.token, token) };
  const username = expanded(entry.username, environment);
  const password = expanded(entry.password, environment);
  if (username === undefined || password === undefined) return undefined;
  return {
    credential: { type: 'basic', encoded: encodeBase64(utf8Characters(`${username}:${password}`)) },
    ofProject,
    ofUser: ofUser(entry.username, username) || ofUser(entry.password, password),
  };
}

/** Expands `$VAR` and `${VAR}`; undefined if one is not set. */
function expanded(value: Located<string> | undefined, environment: Environment): string | undefined {
  if (value === undefined) return undefined;
  let isComplete = true;
  const text = value.value.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const known = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (known === undefined) isComplete = false;
    return known ?? '';
  });
  return isComplete && text !== '' ? text : undefined;
}
