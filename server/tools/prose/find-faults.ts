/** A sentence that breaks the guide for words. */
export interface ProseFault {
  readonly sentence: string;
  readonly reason: string;
}

/** The maximum number of words in a sentence. */
const LONGEST = 30;

/** Words that the glossary in CONTRIBUTING.md replaces, with the word to use. */
const WORDS: readonly (readonly [pattern: RegExp, use: string])[] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\b(?:is|are|was|were|be|been) told\b|\btells? (?:of|that|apart)\b/i, 'report, show'],
  [/\bbr(?:ings?|ought)\b/i, 'pulls in, transitive dependency of'],
  [/(?<!\b(?:IP|e-?mail|loopback) )\baddress(?:es)?\b/i, 'URL'],
  [/\bremember(?:s|ed|ing)?\b/i, 'cache'],
  [/\bwhat is (?:locked|declared)\b/i, 'locked version, declared range'],
  [/\bthe newest\b/i, 'latest version'],
  [/\bcool-down\b/i, 'cooldown'],
  [/\bwithout a decision\b/i, 'unreviewed'],
  [/\bof no use\b|\bin vain\b|\bis over\b/i, 'unused, ineffective, expired'],
  [
    /\bwas left out\b|\bwere left out\b|\bis not known of\b|\bdid not answer\b/i,
    'skipped, not checked, failed',
  ],
  [/\bthere stands?\b|\bbe it that\b|(?<!there )\bis none\b/i, 'a plain statement'],
  [/\bnobody knows\b|\bnot told\b/i, 'unknown'],
  [/\bwaits\b/i, 'cooldown'],
  [/\bonce it is\b.*\bmade anew\b|\bmade anew\b/i, 'regenerated'],
  [/\bway(?:s)? (?:there|out|to it)\b/i, 'dependency path, fix'],
  [/\bsay so\b|\bsays so\b/i, 'state what is set'],
];

/**
 * A clause as the subject: "What the registry says is shown." Questions may begin like this, and "That code" is
 * not a clause.
 */
const CLAUSE_SUBJECT =
  /^(?:What|Who|Whoever|Whatever|Whether|That (?=(?:an?|the|it|they|no|all|any|every|some|nothing|nobody)\b)) ?(?!if\b)(?:\S+ )+?(?:is|are|was|has|have|counts?|needs?|gets?|stays?|goes|comes)\b/;

/** Returns the faults of plain sentences, by the guide for words in CONTRIBUTING.md. */
export function findFaults(text: string): readonly ProseFault[] {
  return sentencesOf(text).flatMap((sentence) => {
    const reasons: string[] = [];
    const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    if (words > LONGEST) reasons.push(`${words} words; at most ${LONGEST}`);
    for (const [pattern, use] of WORDS) {
      const found = pattern.exec(sentence);
      if (found !== null) reasons.push(`"${found[0]}": say ${use}`);
    }
    if (!sentence.endsWith('?') && CLAUSE_SUBJECT.test(sentence)) reasons.push('a clause is the subject');
    if ((sentence.match(/;/g)?.length ?? 0) > 1) reasons.push('a chain of semicolons');
    return reasons.map((reason) => ({ sentence, reason }));
  });
}

/**
 * Splits at full stops, question and exclamation marks that end a sentence. A tool's name may begin one in lower case.
 */
function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/\b(?:e\.g|i\.e|etc|vs)\./g, (short) => short.replaceAll('.', '\u2024'))
    .split(/(?<=[.!?])\)?\s+(?=["“(`\p{Lu}]|p?npm\b|dephygiene\b)|\n{2,}/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}
