import {
  isHarmlessHost,
  isSecretBase64,
  isSecretPassword,
  isSecretToken,
  looksLikeToken,
} from '../../text/secrets/is-secret.ts';
import { isNpmToken, NPM_TOKEN_PATTERN } from '../../text/secrets/npm-token.ts';
import { findUrlCredentials } from '../../text/secrets/url-credentials.ts';
import type { Secret } from './secret.ts';

/** Yields npm tokens with a valid checksum, and credentials in URLs, wherever they are: in comments, scripts, lists. */
export function* textSecrets(text: string): Generator<Secret> {
  if (text.includes('npm_')) {
    for (const match of text.matchAll(new RegExp(NPM_TOKEN_PATTERN, 'g'))) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (isNpmToken(match[0])) yield { span, kind: 'text', setting: undefined, isValid: true, more: 0 };
    }
  }
  for (const { span, user, password, host } of findUrlCredentials(text)) {
    if (isHarmlessHost(`//${host}`) || hasVariable(user)) continue;
    const isSecret = looksLikeToken(user) || (password !== undefined && isSecretPassword(password));
    if (isSecret) yield { span, kind: 'url', setting: undefined, isValid: true, more: 0 };
  }
  yield* queryTokens(text);
}

/** Parameters of URLs with a token, as some registries' download URLs have them. */
const QUERY_TOKEN =
  /https?:\/\/([^\s"'<>\\/?#]+)\/[^\s"'<>\\?#]*\?(?:[^\s"'<>\\#]*?&)?(?:access_|auth_|private_)?token=([^&\s"'#<>\\]+)/gi;

function* queryTokens(text: string): Generator<Secret> {
  if (!text.includes('token=')) return;
  for (const match of text.matchAll(QUERY_TOKEN)) {
    const [whole, host = '', value = ''] = match;
    if (!isSecretToken(value) || isHarmlessHost(`//${host}`)) continue;
    const end = match.index + whole.length;
    yield {
      span: { start: end - value.length, end },
      kind: 'url',
      setting: undefined,
      isValid: true,
      more: 0,
    };
  }
}

function hasVariable(user: string): boolean {
  return /\$\{|\{\{|%\w+%/.test(user);
}

const LINE =
  /(?<=^|[\s;#"'])((?:\/\/[^\s"'=]{1,500}:)?(_authToken|_auth|_password))["']?[ \t]{0,20}[=:][ \t]{0,20}["']?([^\s"';#]+)/gim;

/** Yields credentials of npm in lines that are no settings: comments, sections, and files that do not read them. */
export function* lineSecrets(text: string): Generator<Secret> {
  for (const match of text.matchAll(LINE)) {
    const [whole, setting = '', name = '', value = ''] = match;
    // An example would be found too, if it were not for the form.
    const isSecret = /token$/i.test(name) ? isCertainToken(value) : isSecretBase64(value);
    if (!isSecret || (setting.startsWith('//') && isHarmlessHost(setting))) continue;
    const end = match.index + whole.length;
    yield { span: { start: end - value.length, end }, kind: 'text', setting, isValid: true, more: 0 };
  }
}

function isCertainToken(value: string): boolean {
  const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
  return isSecretToken(value) && (isUuid || looksLikeToken(value));
}

const MEMBER = /"((?:\/\/[^"\s]*:)?(_authToken|_auth|_password))"\s*:\s*"([^"\\\n]*)"/g;
const ARGUMENT = /(?<=[\s"'\\:-])((?:\/\/[^"'\s]*:)?(_authToken|_auth|_password))[= ]\\?["']?([^\s"'\\]+)/g;

/** Yields credentials of npm in a manifest: members such as those of `publishConfig`, and settings on command lines. */
export function* jsonSecrets(text: string): Generator<Secret> {
  if (!/_auth|_password/.test(text)) return;
  for (const pattern of [MEMBER, ARGUMENT])
    for (const match of text.matchAll(pattern)) {
      const [whole, setting = '', , value = ''] = match;
      if (!isSecretToken(value) || (setting.startsWith('//') && isHarmlessHost(setting))) continue;
      const start = match.index + whole.lastIndexOf(value);
      const span = { start, end: start + value.length };
      yield { span, kind: 'text', setting, isValid: true, more: 0 };
    }
}
