import type { ContentTypeEncoder, Message } from 'vscode-languageserver/node';

/** Shorter lists are not worth remembering. */
const FEW = 32;

/** A list of diagnostics in a message, and the message without it. */
interface Split {
  readonly key: 'diagnostics' | 'items';
  readonly list: readonly object[];
  readonly shell: object;
}

/**
 * Writes messages as JSON in UTF-8, byte for byte as `JSON.stringify` does. Clients get all diagnostics of a file with each
 * key press, of which nearly all are the ones that they got before: what each is in JSON is kept as long as it is.
 */
export function createMessageEncoder(): ContentTypeEncoder {
  const known = new WeakMap<object, Buffer>();

  const bytesOf = (item: object): Buffer => {
    let bytes = known.get(item);
    if (bytes === undefined) {
      bytes = Buffer.from(JSON.stringify(item));
      known.set(item, bytes);
    }
    return bytes;
  };

  const joined = ({ key, list, shell }: Split): Uint8Array => {
    const text = JSON.stringify(shell);
    // Within a string the quotes would be escaped, so this is the member.
    const at = text.indexOf(`"${key}":[]`) + `"${key}":[`.length;
    const parts: Buffer[] = [Buffer.from(text.slice(0, at))];
    for (const [place, item] of list.entries()) {
      if (place > 0) parts.push(COMMA);
      parts.push(bytesOf(item));
    }
    parts.push(Buffer.from(text.slice(at)));
    return Buffer.concat(parts);
  };

  return {
    name: 'application/json',
    async encode(message) {
      const split = splitOf(message);
      return split === undefined ? Buffer.from(JSON.stringify(message)) : joined(split);
    },
  };
}

const COMMA = Buffer.from(',');

/** Of what is published, and of the answer about one document. */
function splitOf(message: Message & { params?: unknown; result?: unknown }): Split | undefined {
  const { params, result } = message;
  const published = listIn(params, 'diagnostics');
  if (published !== undefined) {
    const shell = { ...message, params: { ...(params as object), diagnostics: [] } };
    return { key: 'diagnostics', list: published, shell };
  }
  const answered = listIn(result, 'items');
  if (answered === undefined) return undefined;
  return {
    key: 'items',
    list: answered,
    shell: { ...message, result: { ...(result as object), items: [] } },
  };
}

function listIn(value: unknown, key: Split['key']): readonly object[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const list = (value as Readonly<Record<string, unknown>>)[key];
  if (!Array.isArray(list) || list.length < FEW) return undefined;
  return list.every((item) => typeof item === 'object' && item !== null && 'range' in item)
    ? list
    : undefined;
}
