import type { NewCode } from '../../../read/project/new-code.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import type { DiffTextOptions } from './diff-text.ts';

/** A package whose locked version changed, with what its code can do that the earlier version could not. */
export interface UpdatedCode {
  /** The path of the lockfile. */
  readonly lockfile: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Undefined if the code of one of them is neither installed nor cached, and was not downloaded. */
  readonly code: NewCode | undefined;
}

/** Returns the part of the JSON report on code. */
export function codeItems(updates: readonly UpdatedCode[]): readonly object[] {
  return updates.map(({ lockfile, name, before, after, code }) => ({
    ...{ lockfile, name, before, after, compared: code !== undefined },
    ...(code === undefined
      ? {}
      : { suspicious: code.isSuspicious, signs: code.signs, capabilities: code.capabilities }),
  }));
}

/** Formats what the code of updated packages can do anew, with a trailing newline; empty if there is nothing to say. */
export function codeText(updates: readonly UpdatedCode[], { columns, colour }: DiffTextOptions): string {
  if (updates.length === 0) return '';
  const paint = colour ? COLOURED : PLAIN;
  const compared = updates.flatMap(({ code, ...update }) =>
    code === undefined ? [] : [{ ...update, code }],
  );
  const news = compared.filter(({ code }) => code.signs.length + code.capabilities.length > 0);
  const lines: string[] = [];
  if (news.length > 0) lines.push(paint.strong('New in the code of updated packages:'));
  else if (compared.length > 0) lines.push('The code of updated packages can do nothing new.');
  for (const { name, before, after, code } of news) {
    const [mark, verdict] = code.isSuspicious ? ['!', ', suspicious'] : ['~', ''];
    const head = wrap(visibleText(`${mark} ${name} ${before} → ${after}${verdict}`), columns - 2);
    lines.push(...head.map((row) => `  ${row}`));
    for (const one of [...code.signs, ...code.capabilities])
      lines.push(...wrap(visibleText(`+ ${one}`), columns - 6).map((row) => `      ${row}`));
  }
  const unknown = updates.length - compared.length;
  if (unknown > 0) lines.push(`  The code of ${plural(unknown, 'package')} is not known in both versions.`);
  return `\n${lines.join('\n')}\n`;
}
