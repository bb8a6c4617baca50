import type { Bunfig, BunRegistry } from '../../config/bun/bunfig.ts';
import type { Npmrc } from '../../config/npm/npmrc.ts';
import type { YarnRegistry, Yarnrc } from '../../config/yarn/yarnrc.ts';
import {
  isHarmlessHost,
  isSecretBase64,
  isSecretPassword,
  isSecretToken,
} from '../../text/secrets/is-secret.ts';
import { hasTokenShape, isNpmToken } from '../../text/secrets/npm-token.ts';
import type { Located } from '../../text/span.ts';
import type { Secret, SecretKind } from './secret.ts';

/** Keys of npm's credentials, bound to a registry or not, in any case: a misspelled one holds a secret too. */
const NPM_CREDENTIAL = /(?:^|:)[_-](authToken|auth|password)$/i;
const NPM_KEY = /(?:^|:)key$/;

/** Yields the credentials and private keys that an .npmrc holds as the value of a setting. */
export function* npmrcSecrets({ entries }: Pick<Npmrc, 'entries'>): Generator<Secret> {
  for (const { key, value, valueSpan, keySpan } of entries) {
    if (valueSpan === keySpan || (key.startsWith('//') && isHarmlessHost(key))) continue;
    const named = { setting: key, span: valueSpan, more: 0 };
    if (NPM_KEY.test(key)) {
      if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value)) yield { ...named, kind: 'key', isValid: true };
      continue;
    }
    const kind = kindOf(NPM_CREDENTIAL.exec(key)?.[1]);
    if (kind === undefined) continue;
    const isSecret = kind === 'token' ? isSecretToken(value) : isSecretBase64(value);
    if (isSecret) yield { ...named, kind, isValid: isValid(value) };
  }
}

/** Yields the tokens and passwords of a .yarnrc.yml, and those that a .yarnrc of Yarn 1 holds under npm's keys. */
export function* yarnrcSecrets(file: Yarnrc): Generator<Secret> {
  for (const { key, value } of file.settings) {
    const kind = kindOf(NPM_CREDENTIAL.exec(key)?.[1]);
    if (kind === undefined || value?.type !== 'scalar' || isHarmlessHost(key)) continue;
    if (kind === 'token' ? isSecretToken(value.text) : isSecretBase64(value.text))
      yield { setting: key, span: value.span, kind, isValid: isValid(value.text), more: 0 };
  }
  for (const registry of [file.registry, ...file.scopes, ...file.registries]) yield* ofYarnRegistry(registry);
}

function* ofYarnRegistry({ key, server, authToken, authIdent }: YarnRegistry): Generator<Secret> {
  const host = server?.value ?? (key?.value.startsWith('//') === true ? key.value : undefined);
  if (host !== undefined && isHarmlessHost(host)) return;
  if (authToken !== undefined && isSecretToken(authToken.value))
    yield secretOf(authToken, 'token', 'npmAuthToken');
  if (authIdent === undefined) return;
  const { value } = authIdent;
  const isSecret = value.includes(':')
    ? isSecretPassword(value.slice(value.indexOf(':') + 1))
    : isSecretBase64(value);
  if (isSecret) yield secretOf(authIdent, 'auth', 'npmAuthIdent');
}

/** Yields the tokens and passwords of a bunfig.toml. */
export function* bunfigSecrets({ registry, scopes }: Bunfig): Generator<Secret> {
  for (const one of [...(registry === undefined ? [] : [registry]), ...scopes]) yield* ofBunRegistry(one);
}

function* ofBunRegistry({ url, token, password }: BunRegistry): Generator<Secret> {
  if (url !== undefined && isHarmlessHost(url.value)) return;
  if (token !== undefined && isSecretToken(token.value)) yield secretOf(token, 'token', 'token');
  if (password !== undefined && isSecretPassword(password.value))
    yield secretOf(password, 'password', 'password');
}

function secretOf({ value, span }: Located<string>, kind: SecretKind, setting: string): Secret {
  return { span, kind, setting, isValid: isValid(value), more: 0 };
}

/** A value that is not shaped like npm's tokens may be a token of any other registry. */
function isValid(value: string): boolean {
  return !hasTokenShape(value) || isNpmToken(value);
}

function kindOf(name: string | undefined): 'token' | 'auth' | 'password' | undefined {
  switch (name?.toLowerCase()) {
    case 'authtoken':
      return 'token';
    case 'auth':
      return 'auth';
    case 'password':
      return 'password';
    default:
      return undefined;
  }
}
