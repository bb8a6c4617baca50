import type { Suspicion } from '../../read/project/suspicion.ts';
import { namesSecretHolder, readsMemory } from './process-memory.ts';

/** What requests data, in Python, Perl, Ruby, PHP, PowerShell and VBScript. */
const FETCHES =
  /\burlopen\b|\burlretrieve\b|\brequests\.(?:get|post|put|request)\b|\bhttpx\.|\bhttp\.client\b|\bURI\.open\b|\bopen-uri\b|\bNet::HTTP\b|\bLWP\b|\bHTTP::Tiny\b|\bfile_get_contents\s*\(\s*["']https?:|\bcurl_exec\b|\bDownload(?:String|Data|File)\b|\bUpload(?:String|Data|Values)\b|\bInvoke-(?:WebRequest|RestMethod)\b|\b(?:iwr|irm)\b|\bMSXML2\b|\bWinHttp|\bHttpClient\b|\b(?:curl|wget)\s+-|\bhttps?:\/\//i;
/** Code that is run as it comes from a request, in one expression. */
const RUNS_FETCHED =
  /\b(?:exec|eval|compile|system)\b\s*\(?[^;\n]{0,60}(?:\burlopen\b|\brequests\.get\b|\bURI\.open\b|\bNet::HTTP\b|\bfile_get_contents\s*\(\s*["']https?:|\bHTTP::Tiny\b|\bLWP::|`curl|\bget\s*\(\s*["']https?:)|\b(?:iex|Invoke-Expression)\b[^;\n]{0,60}\b(?:iwr|irm|Invoke-\w+|DownloadString|Net\.WebClient)\b|\b(?:iwr|irm|Invoke-\w+Re\w+|DownloadString)\b[^;\n]{0,500}\|\s*(?:iex|Invoke-Expression)\b/i;
const RUNS_DECODED =
  /\b(?:exec|eval|compile|system|loads)\b\s*\(?[^;\n]{0,80}(?:\bb64decode\b|\bfromhex\b|\bbase64_decode\b|\bdecode_base64\b|\bdecode64\b|\bunhexlify\b|\ba85decode\b|\bzlib\.decompress\b|\bmarshal\.loads\b|\bcodecs\.decode\b|\bunpack\s*\(?\s*["']m|\bgzinflate\b|\bstr_rot13\b)|\b(?:iex|Invoke-Expression)\b[^\n]{0,200}\bFromBase64String\b|\bFromBase64String\b[^\n]{0,300}\|\s*(?:iex|Invoke-Expression)\b/i;
const CONNECTS =
  /\bsocket\.socket\s*\(|\bs(?:ocket)?\.connect\s*\(|\bcreate_connection\s*\(|\bTCPSocket\b|\bfsockopen\s*\(|\bIO::Socket\b|\bsocket\s*\(\s*\w+\s*,\s*PF_INET|\bSockets\.TCPClient\b/i;
const STARTS_SHELL =
  /\bdup2\b|\bpty\.spawn\b|\/bin\/(?:ba|z)?sh\b|\bcmd\.exe\b|\bproc_open\b|\b(?:iex|Invoke-Expression)\b|open\s*\(\s*STDIN\s*,\s*["']>&|subprocess\.\w+\s*\([^)]{0,80}\bshell\s*=\s*True/i;
const ENVIRONMENT =
  /\bos\.environ\b(?!\s*(?:\[|\.get\b|\.setdefault\b|\.copy\b|\.update\b|\.pop\b))|\bENV\.(?:to_h|map|inspect|each)\b|%ENV\b|\bgetenv\s*\(\s*\)|\$_ENV\b|\b(?:gci|dir|ls|Get-ChildItem)\s+env:|\bGetEnvironmentVariables\b/i;
const CREDENTIALS =
  /\.ssh\b|\bid_(?:rsa|ed25519)\b|\.aws\b[/\\'", ]+(?:credentials|join)?|\.npmrc\b|\.git-credentials\b|\.netrc\b|\bLogin Data\b|\bLocal State\b|\bwallet\.dat\b|\bLocal Extension Settings\b|\bExodus\b|\bleveldb\b/;
const MACHINE_NAME = /\bgethostname\b|\bplatform\.node\b|\$env:COMPUTERNAME\b|\bhostname\b|\bMachineName\b/i;
const USER_NAME = /\bgetuser\b|\bgetlogin\b|\$env:USER(?:NAME|DOMAIN)?\b|\bwhoami\b|\bUserName\b/i;
const KEYS =
  /\bGetAsyncKeyState\b|\bpynput\b|\bkeyboard\.(?:on_press|hook|Listener)\b|\bSetWindowsHookEx\b|\bpyperclip\b|\bGet-Clipboard\b|\bImageGrab\b|\bCopyFromScreen\b/i;
const SENDS =
  /\burlopen\s*\([^)\n]{0,300},|\bdata\s*=|\brequests\.(?:post|put)\b|\bhttpx\.post\b|\bUpload(?:String|Data|Values|File)\b|-Body\b|-InFile\b|-Method\s+["']?Post|\bPost(?:Form|Async)?\b|\bsendall\s*\(|\bcurl\b|[?&]\w+=["']?\s*[+.&%{$]|\bget\s*\(\s*["']https?:[^"']*["']\s*[+.%]|\.send\b/i;
const SAVES = /\bDownloadFile\b|\b-?OutFile\b|\bStart-BitsTransfer\b|\bSaveToFile\b|\bWriteAllBytes\b/i;
const STARTS =
  /\bStart-Process\b|\bsaps\b|\bShellExecute\b|\bInvoke-Item\b|\[?Diagnostics\.Process\]?::Start|\.Run\s*[("]|&\s*\$\w+|\bstart\s+["'$%]/i;

/** Returns what code of another language does that no package needs; undefined if that is nothing. */
export function suspiciousForeign(written: string): Suspicion | undefined {
  const code = written.slice(0, LONGEST);
  if (CONNECTS.test(code) && STARTS_SHELL.test(code)) return 'remote-shell';
  if (RUNS_FETCHED.test(code)) return 'remote-code';
  if (RUNS_DECODED.test(code)) return 'encoded-code';
  if (readsMemory(code) && namesSecretHolder(code)) return 'process-memory';
  if (!FETCHES.test(code) && !CONNECTS.test(code)) return undefined;
  if (SAVES.test(code) && STARTS.test(code)) return 'remote-code';
  const hasData =
    ENVIRONMENT.test(code) ||
    CREDENTIALS.test(code) ||
    KEYS.test(code) ||
    (MACHINE_NAME.test(code) && USER_NAME.test(code));
  return hasData && SENDS.test(code) ? 'sends-data' : undefined;
}

const LONGEST = 40_000;

/** Files of the languages that are read so. */
export const FOREIGN = /\.(?:pyw?|rb|pl|php|ps1|psm1|vbs|hta|wsf|applescript|scpt)$/i;
