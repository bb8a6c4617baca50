/**
 * Returns the prose of a Markdown page, with each paragraph, list item, heading or table cell as a separate text. Code
 * is omitted: a code span counts as one word.
 */
export function markdownTexts(page: string): readonly string[] {
  const withoutCode = page
    .replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1\s*$/gm, '\n\n')
    .replace(/<!--[\s\S]*?-->/g, '\n\n')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/``[^`]+``|`[^`]+`/g, 'Code')
    .replace(/\*\*(.+?)\*\*/gs, '$1');
  const texts: string[] = [];
  let paragraph: string[] = [];
  const end = () => {
    if (paragraph.length > 0) texts.push(paragraph.join(' '));
    paragraph = [];
  };
  for (const line of withoutCode.split('\n')) {
    const text = line.trim();
    if (text === '') end();
    else if (text.startsWith('|')) {
      end();
      texts.push(
        ...text
          .split('|')
          .map((cell) => cell.trim())
          .filter((cell) => /\p{L}/u.test(cell)),
      );
    } else if (/^#{1,6} /.test(text)) {
      end();
      texts.push(text.replace(/^#+ /, ''));
    } else if (/^(?:[-*+]|\d+\.) /.test(text)) {
      end();
      paragraph.push(text.replace(/^(?:[-*+]|\d+\.) /, ''));
    } else paragraph.push(text.replace(/^> ?/, ''));
  }
  end();
  return texts;
}
