import type { Advisory } from '../../know/advisory/advisory.ts';

/**
 * What a weakness allows an attacker to do. execution: run code or commands, write files, steal secrets, gain access,
 * and anything unknown; page: deceive a browser, a server or the objects of a program; availability: slow it down or
 * stop it.
 */
export type WeaknessClass = 'execution' | 'page' | 'availability';

/** Cross-site scripting and its variants, server-side request forgery, prototype pollution, open redirects. */
const PAGE: ReadonlySet<string> = new Set(
  [79, 80, 81, 83, 84, 85, 86, 87, 601, 918, 1321].map((number) => `CWE-${number}`),
);

/** Slow regular expressions, resource consumption and its variants, infinite loops. */
const AVAILABILITY: ReadonlySet<string> = new Set(
  [400, 407, 674, 770, 835, 1333].map((number) => `CWE-${number}`),
);

/**
 * Technical terms in titles, the worst class first. The terms of execution also keep titles that contain a milder term,
 * such as "RCE via prototype pollution", from counting as mild. Keep in sync with the table in
 * server/docs/advisories.md.
 */
const TERMS: readonly (readonly [WeaknessClass, RegExp])[] = [
  [
    'execution',
    anyOf(
      ...['(?:code|command|script|javascript) execution', 'RCE', 'execut\\w+ (?:of )?arbitrary'],
      ...[
        'arbitrary (?:code|commands?|files?|javascript)',
        '(?:local|remote) files?',
        '(?:path|directory) traversal',
      ],
      ...[
        '(?:code|command|argument|template|sql|nosql|xml|header|crlf|content) injection',
        'deseriali[sz]\\w+',
      ],
      ...['sandbox', 'malicious (?:code|packages?|versions?)', 'malware'],
      ...['authentication', 'authori[sz]ation', 'privileges?', 'request smuggling', 'cache poisoning'],
      ...['man-in-the-middle', 'cross[- ]site request forgery', 'CSRF'],
      ...[
        'secrets?',
        'credentials?',
        'tokens?',
        '(?<!memory |descriptor )leak\\w*',
        'expos(?:e[sd]?|ing|ure)',
      ],
      ...['disclos\\w+', 'out[- ]of[- ]bounds', 'buffer over\\w+'],
    ),
  ],
  [
    'page',
    anyOf(
      ...['cross[- ]site[- ]scripting', 'XSS', 'open[- ]redirect\\w*', 'prototype[- ]pollution'],
      ...['SSRF', 'server[- ]side[- ]request[- ]forgery'],
    ),
  ],
  [
    'availability',
    anyOf(
      ...[
        'denial[- ]of[- ]service',
        '(?:re)?dos',
        'regular expressions?',
        'inefficient regexp?',
        'infinite loops?',
      ],
      ...[
        '(?:memory|stack|resource|cpu) (?:exhaustion|consumption)',
        'memory leaks?',
        'stack overflow',
        'crash(?:e[ds]|ing)?',
      ],
      ...['quadratic', 'exponential', 'polynomial', 'uncontrolled (?:recursion|resource consumption)'],
    ),
  ],
];

function anyOf(...terms: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${terms.join('|')})\\b`, 'i');
}

/** Returns the class of an advisory: the worst of its CWEs, or that of its title if it has none. */
export function weaknessClass({ cwes, title }: Pick<Advisory, 'cwes' | 'title'>): WeaknessClass {
  if (cwes.length === 0) return titleClass(title) ?? 'execution';
  if (cwes.some((cwe) => !PAGE.has(cwe) && !AVAILABILITY.has(cwe))) return 'execution';
  return cwes.some((cwe) => PAGE.has(cwe)) ? 'page' : 'availability';
}

/** Returns the worst class with a term in the title; undefined if there is none. */
export function titleClass(title: string | undefined): WeaknessClass | undefined {
  return title === undefined ? undefined : TERMS.find(([, terms]) => terms.test(title))?.[0];
}
