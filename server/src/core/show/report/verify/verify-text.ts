import type { Severity } from '../../../read/text/finding.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { wrap } from '../../../read/text/wrap.ts';
import type { VerifyCheck } from '../../verify/checks.ts';
import type { VerifyCard, VerifyLine } from '../../verify/verify-card.ts';
import { COLOURED, type Paint, PLAIN } from '../paint.ts';

export interface VerifyTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

const WIDEST_LABEL = 14;
const DESCRIPTION_LENGTH = 300;

/**
 * Formats a card of `verify` for a terminal or an editor's plain document. Untrusted text cannot imitate our own
 * output.
 */
export function verifyText(card: VerifyCard, { columns, colour }: VerifyTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  const lines = card.lines.map((each) => ({ ...each, label: visibleText(each.label) }));
  const widest = Math.max(...lines.map(({ label }) => displayWidth(label)), 'Not checked'.length);
  const width = Math.min(widest, WIDEST_LABEL);
  const description = card.description?.slice(0, DESCRIPTION_LENGTH);
  const texts = [
    ...wrap(visibleText(card.title), columns).map(paint.strong),
    ...(description === undefined ? [] : wrap(visibleText(description), columns)),
    '',
    ...lines.flatMap((each) => labelled(each, width, columns, paint)),
    ...card.notChecked.flatMap(({ what, why }) =>
      labelled(
        { label: 'Not checked', texts: [`${what}: ${why}`], result: 'unknown' },
        width,
        columns,
        paint,
      ),
    ),
    '',
    ...wrap(card.conclusion, columns),
  ];
  return `${texts.join('\n')}\n`;
}

const MARKS: Readonly<Record<VerifyCheck['result'], string>> = {
  right: 'ok',
  wrong: 'WRONG',
  doubtful: 'DOUBTFUL',
  none: '',
  unknown: '',
};

const COLOURS: Readonly<Record<VerifyCheck['result'], Severity>> = {
  right: 'information',
  wrong: 'error',
  doubtful: 'warning',
  none: 'information',
  unknown: 'information',
};

function labelled(
  { label, texts, result }: VerifyLine,
  width: number,
  columns: number,
  paint: Paint,
): readonly string[] {
  const mark = result === undefined ? '' : MARKS[result];
  const room = columns - width - 2;
  const indent = ' '.repeat(width + 2);
  const written = texts.flatMap((text, at) =>
    wrap(visibleText(at === 0 && mark !== '' ? `${mark}: ${text}` : text), room),
  );
  const painted = written.map((text, at) =>
    at === 0 && mark !== '' ? text.replace(mark, (word) => paint.severity(COLOURS[result!], word)) : text,
  );
  return painted.map((text, at) => {
    const head =
      at === 0 ? `${paint.faint(label)}${' '.repeat(Math.max(0, width - displayWidth(label)))}  ` : indent;
    return head + text;
  });
}
