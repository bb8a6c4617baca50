import { isNonce } from '../core/show/report/html/page-document.ts';
import { createTargets, type PageTarget, type PageTargets } from '../core/show/report/html/page-targets.ts';
import type { WebPage, WebPageTarget } from './messages.ts';
import type { ServerState } from './server-state.ts';

/** Where a page for a view of the client is made. */
export interface EditorHost {
  readonly type: 'editor';
  readonly nonce: string;
  readonly targets: PageTargets;
}

/** Returns the host for a page with the client's nonce; undefined if that is none. */
export function editorHost(nonce: unknown): EditorHost | undefined {
  return isNonce(nonce) ? { type: 'editor', nonce, targets: createTargets() } : undefined;
}

/** Returns a page with its targets in the client's terms. */
export function webPage(
  { proto }: Pick<ServerState, 'proto'>,
  title: string,
  html: string,
  { targets }: EditorHost,
): WebPage {
  const { uri } = proto;
  return { title, html, targets: targets.all.map((target) => clientTarget(target, uri)) };
}

function clientTarget(target: PageTarget, uriOf: ServerState['proto']['uri']): WebPageTarget {
  switch (target.type) {
    case 'url':
      return { url: target.url };
    case 'action':
      return { action: target.action };
    case 'place':
      return { uri: uriOf(target.uri), line: target.line, character: target.character };
  }
}
