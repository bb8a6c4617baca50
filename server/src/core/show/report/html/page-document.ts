import { followLinks } from './follow-links.ts';
import { keepView } from './keep-view.ts';
import { type Markup, markup, ownMarkup, type Part } from './markup.ts';
import { EDITOR_STYLE, PAGE_STYLE } from './page-style.ts';
import type { PageTargets } from './page-targets.ts';

/**
 * Where a page is shown. file: opened by a browser; its policy names style and script by their hashes. editor: in a view
 * of an editor, with its colours; the policy names both by a nonce, and links ask the editor to open their targets.
 */
export type PageHost =
  | {
      readonly type: 'file';
      /** Returns the SHA-256 of a text, in Base64. */
      readonly hash: (text: string) => string;
    }
  | { readonly type: 'editor'; readonly nonce: string; readonly targets: PageTargets };

export interface PageDocument {
  readonly host: PageHost;
  readonly title: string;
  readonly version: string;
  readonly body: Part;
  /** The text of a script of our own. */
  readonly script?: string;
}

/** Checks a nonce: 128 bits or more, with nothing that could end an attribute or the policy. */
export function isNonce(text: unknown): text is string {
  return typeof text === 'string' && /^[\w-]{22,64}$/.test(text);
}

/** The editor gives its interface once to each document. */
const EDITOR_SCRIPT = `((editor)=>{(${followLinks.toString()})(document,editor);(${keepView.toString()})(document,window,editor)})(acquireVsCodeApi())`;

/** Returns a page with a trailing newline. It loads nothing, and its policy permits its own style and scripts alone. */
export function pageDocument({ host, title, version, body, script }: PageDocument): string {
  const isFile = host.type === 'file';
  const style = isFile ? PAGE_STYLE : PAGE_STYLE + EDITOR_STYLE;
  const scripts = [...(script === undefined ? [] : [script]), ...(isFile ? [] : [EDITOR_SCRIPT])];
  const source = (text: string) => (isFile ? `'sha256-${host.hash(text)}'` : `'nonce-${host.nonce}'`);
  const sources = [...new Set(scripts.map(source))];
  const policy = [
    "default-src 'none'",
    `style-src ${source(style)}`,
    ...(sources.length === 0 ? [] : [`script-src ${sources.join(' ')}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const nonce = isFile ? undefined : markup` nonce="${host.nonce}"`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${ownMarkup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${`dephygiene ${version}`}">
<title>${title}</title>
<style${nonce}>${ownMarkup(style)}</style>
</head>
<body>
${body}${scripts.map((text): Markup => markup`<script${nonce}>${ownMarkup(text)}</script>\n`)}</body>
</html>
`.markup;
}
