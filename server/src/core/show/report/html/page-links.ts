import { linkableUrl } from '../../features/markdown.ts';
import { type Markup, markup, type Part } from './markup.ts';
import type { PageHost } from './page-document.ts';
import type { PageAction, PageTarget } from './page-targets.ts';

/** Makes a link to a page of the web; for other URLs than https ones the text alone. */
export function webLink(host: PageHost, url: string | undefined, text: Part): Part {
  const safe = url === undefined ? undefined : linkableUrl(url);
  if (safe === undefined) return text;
  const target = host.type === 'file' ? undefined : numberOf(host, { type: 'url', url: safe });
  return markup`<a href="${safe}" rel="noopener noreferrer"${target}>${text}</a>`;
}

/** Makes what opens a place of a file in an editor; elsewhere the text alone. */
export function placeLink(
  host: PageHost,
  place: Omit<Extract<PageTarget, { type: 'place' }>, 'type'>,
  text: Part,
): Part {
  if (host.type === 'file') return text;
  return markup`<button type="button" class="link"${numberOf(host, { type: 'place', ...place })}>${text}</button>`;
}

/** Makes a button of a page in an editor. */
export function actionButton(host: PageHost, action: PageAction, text: string): Markup | undefined {
  if (host.type === 'file') return undefined;
  return markup`<button type="button" class="action"${numberOf(host, { type: 'action', action })}>${text}</button>`;
}

function numberOf({ targets }: Extract<PageHost, { type: 'editor' }>, target: PageTarget): Markup {
  return markup` data-target="${String(targets.add(target))}"`;
}
