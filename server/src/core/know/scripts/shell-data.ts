import type { Command, Word } from './shell-line.ts';
import { DOWNLOADER, type Plain } from './shell-programs.ts';

/** What data of a command line are, as bits. */
export const Data = {
  /** Who and where the machine is. */
  machine: 1,
  /** All variables of the environment. */
  environment: 2,
  /** The content of files with credentials, or what tools print of them. */
  credential: 4,
  /** The paths of such files. */
  path: 8,
} as const;

/** Data that are worth sending. A path is none by itself. */
export const WANTED_DATA = Data.machine | Data.environment | Data.credential;

const SECRET_PATH =
  /(?:^|[/\s=@{"'])(?:\.ssh|\.aws|\.gnupg|\.kube|\.azure)(?:[/\s"'})*]|$)|(?:^|[/\s=@*"'])(?:\.npmrc|\.netrc|\.git-credentials|\.pypirc|\.env(?:\.\w+|\*)?|\.(?:bash|zsh)_history|\.docker\/config\.json|id_(?:rsa|ed25519|ecdsa|\*)|id_\w*\*|wallet\.dat|authorized_keys)(?=$|[\s"'}),*])|\.config\/(?:gcloud|gh|solana)\b|^\/etc\/(?:passwd|shadow)$|\/proc\/(?:self|\d+|\$\$)\/environ|Login Data|Local Extension Settings|serviceaccount\/token|Keychains\//;

/** Returns the label of a path at which credentials are. */
export function pathData(path: string): number {
  if (!SECRET_PATH.test(path)) return 0;
  return /\/environ$/.test(path) ? Data.environment : Data.credential;
}

const READERS =
  /^(?:cat|tac|nl|head|tail|grep|egrep|fgrep|rg|awk|sed|cut|base64|base32|xxd|od|hexdump|gzip|bzip2|xz|zstd|tar|zip|7z|openssl|strings|jq|cp|mv|ln|install|less|more|sort|dd|find|ls|gpg|type|Get-Content)$/;
const FILTERS =
  /^(?:cat|tac|nl|head|tail|grep|egrep|fgrep|rg|awk|gawk|sed|cut|base64|base32|xxd|od|hexdump|gzip|bzip2|xz|zstd|tar|openssl|strings|jq|sort|uniq|tr|tee|fold|split|paste|rev|column|fmt|pv|gpg|perl|python[\d.]*|node|xargs|\)|\}|done|fi|esac|iconv|uuencode|printf|echo)$/;
const PRINTS_CREDENTIALS =
  /^(?:gh auth token|npm token|npm config (?:get \S*_?auth|list -l|ls -l)|security (?:find-|dump-)|git credential|aws (?:configure (?:get|export)|sts get-session|secretsmanager|ssm)|gcloud auth print|az account get-access-token|kubectl (?:config view|get secrets?)|op (?:read|item)|vault (?:read|kv)|docker-credential)/;
const PRINTS_NAMES =
  /^(?:whoami|logname|hostname|ifconfig|ipconfig|systeminfo|arp|id(?: -un?| -a| -G)?|id \w+|who|w|last|uname (?:-\w*[an]\w*|--all|--nodename)|ip (?:-\S+ )*(?:a|addr|address|route)\b.*|ps(?: .*)?|git config (?:--\w+ )*(?:--get )?user\.(?:email|name)|npm whoami|gh api user|hostnamectl|scutil --get \w+|getent passwd.*|lsof.*|netstat.*|ss -.*)$/;

/** Returns what a program prints that says something about the machine or its user. */
export function printedBy({ words }: Pick<Command, 'words'>, { program, args, head }: Plain): number {
  const texts = words.map(({ text }) => text);
  const isAlone = texts.filter((text) => !/^-/.test(text)).length === 1;
  if (/^(?:printenv|env|set|export|declare|typeset|compgen)$/.test(texts[0] ?? '')) {
    const isAll = isAlone || /^(?:compgen|declare) -[epvx]/.test(texts.join(' '));
    return isAll && texts[1] !== '--version' && !/^-[eux]$/.test(`${texts[0] === 'set' ? texts[1] : ''}`)
      ? Data.environment
      : 0;
  }
  if (head === undefined) return 0;
  const written = [program, ...args.map(({ text }) => text)].join(' ').trim();
  if (PRINTS_NAMES.test(written)) return Data.machine;
  if (PRINTS_CREDENTIALS.test(written)) return Data.credential;
  if (!READERS.test(program)) return 0;
  let data = 0;
  for (const { text } of args) data |= pathData(text);
  // The names of files that others read.
  return program === 'find' || program === 'ls' ? (data === 0 ? 0 : Data.path) : data;
}

/** Checks for a program whose output has what its input has. */
export function passesInput({ program, args, head }: Plain): boolean {
  if (head === undefined) return true;
  if (/^e?grep$/.test(program) && args.some(({ text }) => /^-\w*[qc]/.test(text))) return false;
  return FILTERS.test(program);
}

/** Options after which there is what authorizes a request, or a file of the client's own. */
const FOR_CLIENT =
  /^(?:-u|--user|--oauth2-bearer|--cacert|--cert|--key|-E|-K|--config|-b|--cookie|-c|--cookie-jar|-o|--output|-O|--output-document|-P|-x|--proxy|-w|--write-out|-A|--max-time|-m|--netrc-file|--resolve|-a|--output-file)$/;
const AUTHORIZES = /^["']?(?:authorization|private-token|x-\w*-?(?:token|api-?key)|api-?key)\s*:/i;
/** Options whose value is sent, so that `@` before a name means the content of a file. */
const SENT_OPTION =
  /^(?:-d|--data(?:-\w+)?|-F|--form(?:-string)?|-T|--upload-file|--post-(?:data|file)|--body-(?:data|file)|--json|--url-query)/;

/** Returns what a client for HTTP sends by its arguments, apart from what authorizes it. */
export function sentArgs({ args }: Plain): readonly { readonly word: Word; readonly file?: string }[] {
  const found: { word: Word; file?: string }[] = [];
  for (const [at, word] of args.entries()) {
    const before = args[at - 1]?.text ?? '';
    if (FOR_CLIENT.test(before)) continue;
    if (/^(?:-H|--header)$/.test(before) && AUTHORIZES.test(word.text)) continue;
    if (/^--header=/.test(word.text) && AUTHORIZES.test(word.text.slice(9))) continue;
    const own = SENT_OPTION.exec(word.text)?.[0];
    const option = own ?? SENT_OPTION.exec(before)?.[0];
    const value = own === undefined ? word.text : word.text.slice(own.length).replace(/^=/, '');
    const isFile = option !== undefined && /^(?:-T|--upload-file|--post-file|--body-file)/.test(option);
    const file =
      option === undefined ? undefined : isFile ? value : /^(?:[\w.-]*=)?[@<]["']?([^;]+)/.exec(value)?.[1];
    found.push(file === undefined ? { word } : { word, file: file.replace(/["']/g, '') });
  }
  return found;
}

/** Programs that send what they read. */
const SENDS_INPUT =
  /^(?:curl|wget|nc|ncat|netcat|telnet|socat|openssl|mail|mailx|sendmail|mutt|msmtp|https?|ssh|tftp|ftp)$/;
const ASKS_NAMES = /^(?:nslookup|dig|host|ping|ping6|drill|resolvectl|getent|kdig|traceroute)$/;

export function sendsInput({ program, args }: Plain): boolean {
  if (program === 'openssl') return args[0]?.text === 's_client';
  return SENDS_INPUT.test(program);
}

export function asksNames({ program }: Plain): boolean {
  return ASKS_NAMES.test(program);
}

export function sendsArgs({ program }: Plain): boolean {
  return /^(?:curl|wget|https?|xh|Invoke-WebRequest|Invoke-RestMethod|iwr|irm)$/.test(program);
}

/** Returns the operands of a program that copies files to another machine, without what it logs in with. */
export function copiedFiles({ program, args }: Plain): readonly string[] {
  if (!/^(?:scp|rsync|rclone)$/.test(program) || !args.some(({ text }) => /^[\w.@-]+:/.test(text))) return [];
  return args.flatMap(({ text }, at) =>
    /^-/.test(text) || /^-(?:i|e|F|o|P)$/.test(args[at - 1]?.text ?? '') ? [] : [text],
  );
}

/** Returns the kind of source of a program that writes what it downloads or decodes. */
export function producedBy({
  program,
  args,
}: Plain): { readonly type: 'remote' | 'encoded'; readonly shown: string } | undefined {
  const has = (pattern: RegExp) => args.some(({ text }) => pattern.test(text));
  if (DOWNLOADER.test(program)) return args.length === 0 ? undefined : { type: 'remote', shown: program };
  const isDecoding =
    (/^base(?:64|32)$/.test(program) && has(/^(?:-[A-Za-z]*[dD][A-Za-z]*|--decode)$/)) ||
    (program === 'openssl' && has(/^-(?:d|base64)$/) && has(/^-d$/)) ||
    (program === 'xxd' && has(/^-\w*r/)) ||
    (program === 'tr' &&
      args.length === 2 &&
      args.every(({ text }) => /^[A-Za-z0-9-]{5,60}$/.test(text)) &&
      has(/n-z/i));
  if (isDecoding) return { type: 'encoded', shown: `${program} ${program === 'xxd' ? '-r' : '-d'}` };
  if (program === 'rev') return { type: 'encoded', shown: program };
  const isEscaped = /^(?:printf|echo)$/.test(program) && has(/(?:\\+x[\da-f]{2}|\\+0?[0-7]{3}){2}/i);
  return isEscaped ? { type: 'encoded', shown: program } : undefined;
}
