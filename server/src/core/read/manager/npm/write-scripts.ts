import { editInTurn } from '../../text/edit-in-turn.ts';
import { renameKey, setProperty } from '../../text/json/json-edit.ts';
import { hasRange } from '../decision-key.ts';
import type { ScriptSupport, WrittenDecision } from '../model/scripts.ts';
import { mayBeFrom } from '../version.ts';

/** The first version that reads the field. */
export const ALLOW_SCRIPTS_SINCE = '11.16.0';
const FIELD = 'allowScripts';

/** Returns the entries of `allowScripts` in the root manifest. */
export const allowScriptsWritten: ScriptSupport['written'] = ({ rootManifest }) =>
  (rootManifest?.allowScripts?.decisions ?? []).map(
    ({ key, keySpan, valueSpan, allowed }): WrittenDecision => ({
      file: 'manifest',
      setting: FIELD,
      key: { value: key, span: keySpan },
      allowed,
      value: valueSpan,
    }),
  );

export const unreadAllowScripts: ScriptSupport['unread'] = ({ key, allowed }, { manager: { version } }) => {
  if (!mayBeFrom(version, ALLOW_SCRIPTS_SINCE)) return { type: 'since', version: ALLOW_SCRIPTS_SINCE };
  if (allowed === undefined) return { type: 'value' };
  return hasRange(key.value) && !key.value.endsWith('@*') ? { type: 'key' } : undefined;
};

/** Writes into `allowScripts`. As with `npm approve-scripts`, an approval of an older version moves to the new one. */
export const writeAllowScripts: ScriptSupport['write'] = (requests, { manager, rootManifest }) => {
  if (rootManifest === undefined || !mayBeFrom(manager.version, ALLOW_SCRIPTS_SINCE)) return undefined;
  const edits = editInTurn(
    rootManifest.text,
    requests.map(({ key, allowed, replaces }) => (text) => {
      if (replaces !== undefined) return renameKey(text, [FIELD, replaces.key.value], key);
      return setProperty(text, [FIELD, key], allowed, { sorted: true });
    }),
  );
  if (edits === undefined) return undefined;
  const content = requests.map(({ key, allowed }) => `${JSON.stringify(key)}: ${allowed}`).join(', ');
  return { file: 'manifest', setting: FIELD, content, edits };
};
