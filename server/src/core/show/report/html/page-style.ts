/** The colours of verdicts and severities on light and on dark ground. */
const LIGHT = `--error:#b3261e;--error-back:#fdecea;--warning:#8a4b00;--warning-back:#fdf2dc;--information:#0a5a9c;--information-back:#e6f1fb;
--hint:#57606a;--hint-back:#eef1f4;--passed:#116329;--passed-back:#e3f5e8;--clear-back:#edf0f3`;
const DARK = `--error:#ff9b93;--error-back:#451a18;--warning:#f2bd62;--warning-back:#3d2c0c;--information:#8fc4fb;--information-back:#12304d;
--hint:#a3acb7;--hint-back:#272c33;--passed:#7ee29b;--passed-back:#10351d;--clear-back:#262b32`;

/**
 * The style sheet of the page. Colours are named once, for light and dark; print is always light. Severities have words,
 * and patterns in the treemap, besides their colours.
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--faint:#57606a;--line:#d5dae0;--field:#f5f7f9;--link:#0757ba;${LIGHT}}
@media (prefers-color-scheme:dark){:root{--paper:#15181c;--ink:#e4e7eb;--faint:#a3acb7;--line:#373e47;--field:#1e2228;--link:#84b9ff;${DARK}}}
*{box-sizing:border-box}
html{scroll-padding-top:52px}
body{margin:0 auto;max-width:1340px;padding:20px 24px 64px;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:22px;line-height:1.25;margin:0 0 2px}
h2{font-size:17px;margin:28px 0 6px;padding-top:10px;border-top:1px solid var(--line)}
section:first-child h2,.filters+section h2{margin-top:12px;padding-top:4px;border-top:0}
h3{font-size:14px;margin:18px 0 6px}
p{margin:0 0 8px;max-width:100ch}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,.treemap,.paths{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
code{font-size:12.5px;overflow-wrap:anywhere}
.meta,.note,.rule,caption,.none{color:var(--faint)}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static}
nav ul,.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;margin:8px 0 0;padding:0}
nav .meta{font-variant-numeric:tabular-nums}
.filters{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;align-items:center;gap:6px 14px;margin:16px -24px 0;padding:8px 24px;background:var(--paper);border:solid var(--line);border-width:1px 0}
.filters[hidden]{display:none}
.filters fieldset{display:flex;flex-wrap:wrap;gap:2px 12px;margin:0;padding:0;border:0}
.filters legend{float:left;padding:0 8px 0 0}
.filters label{white-space:nowrap}
.filters input[type=search],.filters select,.filters button{font:inherit;color:inherit;background:var(--field);border:1px solid var(--faint);border-radius:4px;padding:3px 8px}
.filters input[type=search]{width:20ch}
.filters select{max-width:20ch}
.hidden-text{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.verdict{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 14px;max-width:none;padding:10px 14px;border:1px solid;border-left-width:8px;border-radius:4px;font-size:16px}
.verdict strong{font-size:20px}
.verdict>span{display:flex;flex-wrap:wrap;gap:2px 16px}
.verdict.failed{border-color:var(--error);background:var(--error-back)}
.verdict.failed strong{color:var(--error)}
.verdict.passed{border-color:var(--passed);background:var(--passed-back)}
.verdict.passed strong{color:var(--passed)}
.verdict.unknown{border-color:var(--warning);background:var(--warning-back)}
.columns{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:8px 40px;align-items:start}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:3px 16px;margin:4px 0 0}
dt{grid-column:1;color:var(--faint)}
dd{grid-column:2;margin:0}
table{width:100%;border-collapse:collapse;margin:6px 0 12px;font-variant-numeric:tabular-nums}
.columns table{width:auto;justify-self:start}
caption{text-align:left;padding:2px 0 4px}
th,td{padding:4px 14px 4px 0;text-align:left;vertical-align:top;border-top:1px solid var(--line);overflow-wrap:break-word}
thead th{border-top:0;color:var(--faint);font-weight:600;white-space:nowrap}
tbody th{font-weight:400}
tbody th code{overflow-wrap:break-word}
th:last-child,td:last-child{padding-right:0}
.number{text-align:right;white-space:nowrap}
.wide{width:45%;overflow-wrap:anywhere}
.reason{width:35%}
.fixed{table-layout:fixed}
.fixed td{overflow-wrap:anywhere}
.index{width:40px;text-align:right}
tbody .index{color:var(--faint)}
.severity{width:104px}
.where{width:206px}
.version{min-width:8ch}
.line{display:block;unicode-bidi:isolate}
.line+.line{margin-top:2px}
td,th,dd,li,summary,code{unicode-bidi:isolate}
.place{display:block}
.usage{color:var(--faint)}
.usage.production{color:var(--ink);font-weight:600}
.option{white-space:nowrap}
.badge,.count{font-weight:600;white-space:nowrap}
.count.information,.count.hint{font-weight:400}
.badge{display:inline-block;min-width:86px;padding:0 7px;border:1px solid;border-radius:3px;font-size:12px;line-height:18px}
.error{color:var(--error)}.badge.error{background:var(--error-back);border-style:solid}
.warning{color:var(--warning)}.badge.warning{background:var(--warning-back);border-style:dashed}
.information{color:var(--information)}.badge.information{background:var(--information-back);border-style:dotted}
.hint{color:var(--hint)}.badge.hint{background:var(--hint-back);border-color:transparent}
.fix::before{content:"Fix: ";font-weight:600}
.fix+.fix::before{content:""}
.rule{font-size:12.5px}
details{margin-top:3px}
summary{cursor:pointer;font-size:12.5px;color:var(--faint)}
.scroll{overflow-x:auto;padding:2px}
svg{display:block;max-width:none}
.paths{font-size:11.5px;margin:4px 0}
.paths text{fill:var(--ink)}
.paths .below{fill:var(--faint);font-size:10.5px}
.paths .target .below{fill:var(--ink)}
.paths rect{fill:var(--field);stroke:var(--faint)}
.paths .importer rect{fill:var(--paper)}
.paths .target rect{stroke-width:2}
.paths .error rect{fill:var(--error-back);stroke:var(--error)}
.paths .warning rect{fill:var(--warning-back);stroke:var(--warning)}
.paths .information rect{fill:var(--information-back);stroke:var(--information)}
.edge{fill:none;stroke:var(--faint)}
.head{fill:var(--faint)}
.treemap{font-size:11.5px;width:100%;height:auto}
.legend .treemap{width:22px;height:14px;display:inline-block;vertical-align:-2px}
.legend{margin:6px 0 12px}
.treemap text{fill:var(--ink)}
.treemap .facts{fill:var(--ink);font-size:11px}
.treemap .heading{font-weight:600}
.treemap rect{fill:var(--clear-back);stroke:var(--line)}
.treemap .error>rect{fill:var(--error-back);stroke:var(--error)}
.treemap .warning>rect{fill:var(--warning-back);stroke:var(--warning)}
.treemap .information>rect{fill:var(--information-back);stroke:var(--information)}
.treemap .error>.pattern{fill:url(#hatch)}
.treemap .warning>.pattern{fill:url(#dots)}
.treemap .mark{fill:var(--ink);stroke:none;opacity:.13}
@media (max-width:1000px){.columns{grid-template-columns:minmax(0,1fr)}}
@media (max-width:760px){body{padding:14px 14px 48px}.filters{position:static;margin:14px -14px 0;padding:8px 14px}
th,td,code,tbody th code{overflow-wrap:anywhere;hyphens:auto}thead th{font-size:12px}thead th,.number,.count,.badge{white-space:normal}th,td{padding-right:8px}.columns table{width:100%}
.badge{min-width:0;padding:0 3px;font-size:11px}.index{width:26px}.severity{width:62px}.where{width:92px}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--faint:#444;--line:#bbb;--field:#f4f4f4;--link:#000;
--error:#a01b14;--error-back:#fdecea;--warning:#7a4200;--warning-back:#fdf2dc;--information:#084a80;--information-back:#e6f1fb;
--hint:#444;--hint-back:#eee;--passed:#0d5023;--passed-back:#e3f5e8;--clear-back:#eee}
@page{margin:14mm 12mm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{max-width:none;padding:0;font-size:8pt}
h1{font-size:15pt}h2{font-size:11pt;margin-top:14pt}h3{font-size:9pt}
.verdict{font-size:10pt}.verdict strong{font-size:13pt}
.columns{grid-template-columns:minmax(0,1fr)}
th,td{padding:2.5pt 8pt 2.5pt 0}
.index{width:24pt}.severity{width:62pt}.where{width:112pt}
nav,.filters,.skip{display:none}
h2,h3,caption{break-after:avoid}
tr,svg,.verdict{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
.paths{max-width:100%;height:auto}
a{text-decoration:none}
code,.rule,summary{font-size:7pt}
.badge{min-width:0;padding:0 4px;font-size:7pt;line-height:1.5}}
`;

/** Without grounds of their own, severities are told apart by their borders and words. */
const NO_GROUNDS = ['error', 'warning', 'information', 'hint', 'passed', 'clear']
  .map((name) => `--${name}-back:var(--paper)`)
  .join(';');

/**
 * What differs in an editor: ground, text, links and controls are those of its theme. Severities keep their own colours, as
 * those of many themes are too faint for text.
 */
export const EDITOR_STYLE = `
:root{color-scheme:normal}
body{--paper:var(--vscode-editor-background);--ink:var(--vscode-editor-foreground);--faint:var(--vscode-descriptionForeground);--link:var(--vscode-textLink-foreground);
--line:var(--vscode-contrastBorder,var(--vscode-panel-border,#88888859));--field:var(--vscode-input-background);
font:13px/1.45 var(--vscode-font-family);${LIGHT}}
body.vscode-light{color-scheme:light}
body.vscode-dark{color-scheme:dark;${DARK}}
body.vscode-high-contrast{color-scheme:dark;${DARK};${NO_GROUNDS}}
body.vscode-high-contrast-light{color-scheme:light;${LIGHT};${NO_GROUNDS}}
a{text-decoration:underline}
:focus-visible{outline-color:var(--vscode-focusBorder)}
code{color:inherit;background:none;padding:0;border-radius:0}
code,pre,.treemap,.paths,.timeline{font-family:var(--vscode-editor-font-family,monospace)}
.link{font:inherit;color:var(--link);background:none;border:0;padding:0;text-align:left;text-decoration:underline;overflow-wrap:anywhere;cursor:pointer}
.meta .action{margin-left:12px}
.action{font:inherit;margin:0;padding:3px 11px;color:var(--vscode-button-foreground);background:var(--vscode-button-background,transparent);border:1px solid var(--vscode-button-border,transparent);border-radius:2px;cursor:pointer}
.action:hover{background:var(--vscode-button-hoverBackground,transparent)}
pre{margin:4px 0 12px;padding:8px 12px;overflow:auto;max-height:420px;background:var(--vscode-textCodeBlock-background,var(--field));border:1px solid var(--line);font-size:12px;tab-size:2}
.timeline{font-size:11px;width:100%;min-width:680px;max-width:960px;height:auto}
.timeline text{fill:var(--ink)}
.timeline .lane,.timeline .year{stroke:var(--vscode-contrastBorder,color-mix(in srgb,var(--faint) 40%,transparent))}
.timeline .faint{fill:var(--faint)}
.timeline circle{fill:var(--faint)}
.timeline .affected{fill:var(--error)}
.timeline .named circle{fill:var(--paper);stroke:var(--ink);stroke-width:2.5}
.timeline .named line{stroke:var(--ink)}
.timeline .named text{stroke:var(--paper);stroke-width:4px;paint-order:stroke}
.result{font-weight:600;white-space:nowrap}
.result.right{color:var(--passed)}.result.wrong{color:var(--error)}.result.doubtful{color:var(--warning)}
`;
