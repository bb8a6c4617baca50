import type { Severity } from '../../../read/text/finding.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import type { Usage } from './finding-places.ts';
import { type Markup, markup, type Part } from './markup.ts';

/** A part of the page with a heading of its own. */
export interface Section {
  /** Unique in the page: the target of its link. */
  readonly id: string;
  readonly title: string;
  /** Shown behind its link, such as a number. */
  readonly count?: Part;
  readonly body: Part;
}

/** Makes the links to the sections of a page. */
export function sectionLinks(sections: readonly Section[]): Markup {
  return markup`<nav aria-label="Sections"><ul>${sections.map(
    ({ id, title, count }) =>
      markup`<li><a href="#${id}">${title}</a>${count === undefined ? undefined : markup` <span class="meta">${count}</span>`}</li>`,
  )}</ul></nav>`;
}

/** Makes a section with its heading. */
export function sectionBlock({ id, title, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
}

/** A row of a table, with what the filters of the page look at besides its text. */
export interface Row {
  readonly cells: readonly Part[];
  readonly severity?: Severity;
  readonly usage?: Usage;
  /** The number of its project in the page. */
  readonly project?: number;
}

/** A column: its heading, and `number` for figures. The others are widths. */
export type Column =
  | string
  | {
      readonly title: string;
      readonly look: 'number' | 'wide' | 'reason' | 'index' | 'severity' | 'version' | 'where';
    };

/**
 * Makes a table whose first column names the row. Filters hide rows, and the caption counts those that are left.
 *
 * @param kind fixed: the widths of columns do not depend on their texts; plain: filters leave it alone
 */
export function pageTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly Row[],
  kind: 'fixed' | 'fitted' | 'plain' = 'fitted',
): Markup {
  const look = (column: Column) => (typeof column === 'string' ? '' : column.look);
  const looks = columns.map(look);
  return markup`<table class="${kind}"><caption>${caption}${kind === 'plain' ? undefined : markup` <span class="shown"></span>`}</caption><thead><tr>${columns.map(
    (column) =>
      markup`<th scope="col"${classOf(look(column))}>${typeof column === 'string' ? column : column.title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ({ cells, severity, usage, project }) =>
      markup`<tr${attribute('severity', severity)}${attribute('usage', usage)}${attribute('project', project === undefined ? undefined : String(project))}>${cells.map(
        (cell, at) =>
          at === 0
            ? markup`<th scope="row"${classOf(looks[at] ?? '')}>${cell}</th>`
            : markup`<td${classOf(looks[at] ?? '')}>${cell}</td>`,
      )}</tr>\n`,
  )}</tbody></table>`;
}

function classOf(look: string): Markup | undefined {
  return look === '' ? undefined : markup` class="${look}"`;
}

function attribute(name: string, value: string | undefined): Markup | undefined {
  return value === undefined ? undefined : markup` data-${name}="${value}"`;
}

/** Shows a severity: its word, with a mark whose form differs as well. */
export function severityBadge(severity: Severity): Markup {
  return markup`<span class="badge ${severity}">${severity}</span>`;
}

/** Shows a number, zero faintly. */
export function figure(count: number): Part {
  return count === 0 ? markup`<span class="none">0</span>` : count;
}

/** Shows a text with its command line, if it ends in one, as code. */
export function withCommand(text: string): Part {
  const [, before, command] = /^(.*?\b[Rr]un: )(.+)$/.exec(visibleText(text)) ?? [];
  return command === undefined ? text : markup`${before}<code>${command}</code>`;
}

/** Text in quotes and parentheses, or one other character: the ends of sentences within are not those of the message. */
const UNIT = String.raw`(?:"[^"]*"|\([^()]*\)|[^"(])`;
// Not behind an abbreviation.
const SENTENCE = new RegExp(`^${UNIT}+?\\.(?= ["@A-Z\\d])`);
const VERDICT = new RegExp(`^${UNIT}{12,}?(?:[:,;](?= )|\\.(?= |$))`);

/** Returns the first sentence of a message of a finding. */
export function firstSentence(message: string): string {
  return SENTENCE.exec(message)?.[0] ?? message;
}

/** Returns the beginning of a message that has its verdict. */
export function verdictIn(message: string): string {
  return VERDICT.exec(message)?.[0] ?? message;
}
