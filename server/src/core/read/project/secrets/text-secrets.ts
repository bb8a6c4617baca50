import {
  isHarmlessHost,
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
}

function hasVariable(user: string): boolean {
  return /\$\{|\{\{|%\w+%/.test(user);
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
