/** What the script of the page uses of the browser. */
interface PageElement {
  hidden: boolean;
  value: string;
  checked: boolean;
  textContent: string | null;
  readonly dataset: Record<string, string | undefined>;
  readonly tBodies: ArrayLike<{ readonly rows: ArrayLike<PageElement> }>;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  addEventListener(type: string, listener: () => void): void;
  focus(): void;
}

/**
 * Filters the rows of all tables by text, severity, use and project. Everything on the page is there without it, so it
 * only hides. The browser runs its text: it uses nothing from outside itself.
 */
export function filterPage(page: PageElement): void {
  const form = page.querySelector('.filters')!;
  const search = form.querySelector('input[type=search]')!;
  const selects = [...form.querySelectorAll('select')];
  const boxes = [...form.querySelectorAll('input[type=checkbox]')];
  const state = form.querySelector('[role=status]')!;
  const tables = [...page.querySelectorAll('table:not(.plain)')].map((table) => {
    const rows = [...Array.from(table.tBodies)].flatMap((body) => Array.from(body.rows));
    return {
      label: table.querySelector('.shown')!,
      rows: rows.map((row) => ({ row, text: (row.textContent ?? '').toLowerCase() })),
    };
  });
  const filter = () => {
    const words = search.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = selects.map((select) => [select.dataset.filter ?? '', select.value] as const);
    let shown = 0;
    let total = 0;
    for (const { label, rows } of tables) {
      let left = 0;
      for (const { row, text } of rows) {
        const { severity } = row.dataset;
        const isShown =
          (severity === undefined || severities.has(severity)) &&
          wanted.every(([key, value]) => value === '' || (row.dataset[key] ?? value) === value) &&
          words.every((word) => text.includes(word));
        row.hidden = !isShown;
        if (isShown) left++;
      }
      label.textContent = left === rows.length ? '' : `(${left} of ${rows.length} shown)`;
      shown += left;
      total += rows.length;
    }
    state.textContent = shown === total ? '' : `${shown} of ${total} rows shown`;
  };
  search.addEventListener('input', filter);
  for (const control of [...selects, ...boxes]) control.addEventListener('change', filter);
  form.querySelector('button')!.addEventListener('click', () => {
    search.value = '';
    for (const select of selects) select.value = '';
    for (const box of boxes) box.checked = true;
    filter();
    search.focus();
  });
  form.hidden = false;
}
