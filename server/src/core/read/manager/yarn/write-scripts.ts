import { editInTurn } from '../../text/edit-in-turn.ts';
import { setProperty } from '../../text/json/json-edit.ts';
import type { ScriptSupport } from '../model/scripts.ts';

const FIELD = 'dependenciesMeta';

/** Returns the entries of `dependenciesMeta` in the root manifest that decide whether a package is built. */
export const builtWritten: ScriptSupport['written'] = ({ rootManifest }) =>
  [...(rootManifest?.dependenciesMeta ?? [])].flatMap(([key, { keySpan, built }]) =>
    built === undefined
      ? []
      : [
          {
            file: 'manifest',
            setting: FIELD,
            key: { value: key, span: keySpan },
            allowed: built.value,
            value: built.span,
          } as const,
        ],
  );

/** Writes `built` into `dependenciesMeta` of the root manifest. Other settings of an older version's entry stay there. */
export const writeBuilt: ScriptSupport['write'] = (requests, { rootManifest }) => {
  if (rootManifest === undefined) return undefined;
  const edits = editInTurn(
    rootManifest.text,
    requests.map(
      ({ key, allowed }) =>
        (text) =>
          setProperty(text, [FIELD, key, 'built'], allowed),
    ),
  );
  if (edits === undefined) return undefined;
  const content = requests
    .map(({ key, allowed }) => `${JSON.stringify(key)}: { "built": ${allowed} }`)
    .join(', ');
  return { file: 'manifest', setting: FIELD, content, edits };
};
