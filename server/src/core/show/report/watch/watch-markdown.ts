import { formatDay } from '../../../read/text/words/dates.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { escapeMarkdown, oneLine } from '../../features/markdown.ts';
import { eventSentence } from '../../watch/describe-event.ts';
import type { WatchReport } from './watch-report.ts';

/** Returns the news as Markdown for an issue: a title, and a task for each piece of news. Empty without news. */
export function watchMarkdown({ projects }: WatchReport): string {
  const reported = projects.filter(({ events }) => events.length > 0);
  const names = new Set(reported.flatMap(({ events }) => events.map(({ name }) => name)));
  if (names.size === 0) return '';
  const blocks = [`# News about ${plural(names.size, 'package')}`];
  for (const { name, since, events } of reported) {
    blocks.push(`## ${escaped(name)}`);
    if (since !== undefined) blocks.push(`Since ${formatDay(since)}:`);
    blocks.push(events.map((event) => `- [ ] ${event.kind}: ${escaped(eventSentence(event))}`).join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}

/** A mention would notify somebody, and a number would link to an issue. */
function escaped(text: string): string {
  return escapeMarkdown(oneLine(visibleText(text))).replace(/[@#]/g, (sign) => `${sign}\u200b`);
}
