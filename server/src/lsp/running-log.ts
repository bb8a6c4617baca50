import type { Connection } from 'vscode-languageserver';
import { hostAndPort, parseWebUrl } from '../core/read/text/paths/web-url.ts';
import { visibleText } from '../core/read/text/words/visible-text.ts';
import type { HttpPort, HttpResult } from '../engine/ports.ts';

/** What a user may want to know of the server's work, by level. Holds no paths of URLs, headers or answers. */
export interface RunningLog {
  info(line: string): void;
  /** Logs the line, unless one with the same key was logged. */
  infoOnce(key: string, line: string): void;
  debug(line: string): void;
}

/** Creates the log of clients that announced that they show one. */
export function createRunningLog(connection: Connection, isShown: () => boolean): RunningLog {
  const logged = new Set<string>();
  const info = (line: string) => {
    if (isShown()) connection.console.info(visibleText(line));
  };
  return {
    info,
    infoOnce(key, line) {
      if (logged.has(key)) return;
      logged.add(key);
      info(line);
    },
    debug(line) {
      if (isShown()) connection.console.debug(visibleText(line));
    },
  };
}

/** Returns a port that logs each host when it is first asked, and each request with its time. */
export function loggedHttp(http: HttpPort, log: RunningLog, now: () => number): HttpPort {
  const logged = async (
    method: string,
    url: string,
    send: () => Promise<HttpResult>,
  ): Promise<HttpResult> => {
    const parsed = parseWebUrl(url);
    const host = parsed === undefined ? 'an invalid URL' : hostAndPort(parsed);
    log.infoOnce(`asked ${host}`, `Asking ${host}.`);
    const start = now();
    const result = await send();
    const outcome = result.type === 'answer' ? String(result.status) : result.type;
    log.debug(`${method} ${host}: ${outcome} in ${now() - start} ms`);
    return result;
  };
  const { post } = http;
  return {
    get: (request) => logged('GET', request.url, () => http.get(request)),
    ...(post === undefined
      ? {}
      : { post: (request) => logged('POST', request.url, () => post.call(http, request)) }),
  };
}
