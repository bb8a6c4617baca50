import { escapeMarkdown } from '../../features/markdown.ts';
import type { VerifyCheck } from '../../verify/checks.ts';
import type { VerifyCard, VerifyLine } from '../../verify/verify-card.ts';

const MARKS: Readonly<Record<VerifyCheck['result'], string>> = {
  right: '**Passed:** ',
  wrong: '**Wrong:** ',
  doubtful: '**Doubtful:** ',
  none: '',
  unknown: '',
};

/** Formats a card of `verify` as Markdown. Untrusted text is shown as it is. */
export function verifyMarkdown({ title, description, lines, notChecked, conclusion }: VerifyCard): string {
  const gaps = notChecked.map(
    ({ what, why }): VerifyLine => ({ label: 'Not checked', texts: [`${what}: ${why}`] }),
  );
  const rows = [...lines, ...gaps].flatMap(({ label, texts, result }) =>
    texts.map((text, at) => {
      const first = at === 0;
      const mark = first && result !== undefined ? MARKS[result] : '';
      return `| ${first ? escapeMarkdown(label) : ''} | ${mark}${escapeMarkdown(text)} |`;
    }),
  );
  const parts = [
    `# ${escapeMarkdown(title)}`,
    ...(description === undefined ? [] : [escapeMarkdown(description)]),
    `**${escapeMarkdown(conclusion)}**`,
    ['| Fact | Found |', '|---|---|', ...rows].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}
